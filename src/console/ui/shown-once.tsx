'use client'
/** Something secret that was just made: shown until the page is left, and focused so that nobody misses it. */
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from './button.tsx'

type Props = { title: string; done: string; onDone: () => void; children: ReactNode }

export function ShownOnce({ title, done, onDone, children }: Props) {
  const panel = useRef<HTMLElement>(null)
  const titleId = useId()
  useEffect(() => {
    // The drawer it was made in closes first, and gives the focus back to its button.
    const frame = requestAnimationFrame(() => panel.current?.focus())
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    <section ref={panel} className="shown-once" aria-labelledby={titleId} tabIndex={-1}>
      <h3 id={titleId}>{title}</h3>
      {children}
      <Button onClick={onDone}>{done}</Button>
    </section>
  )
}
