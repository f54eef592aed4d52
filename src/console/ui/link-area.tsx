'use client'
/** Lets plain links inside open without loading the page anew: many links, one listener, and they work without scripts. */
import { useRouter } from 'next/navigation'
import { type MouseEvent, type ReactNode, useTransition } from 'react'

export function LinkArea({ className, children }: { className?: string; children: ReactNode }) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const follow = (event: MouseEvent<HTMLDivElement>) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const isPlain =
      event.button === 0 &&
      !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.defaultPrevented)
    if (!link || !isPlain || link.target || link.origin !== location.origin) return
    event.preventDefault()
    startTransition(() => router.push(link.pathname + link.search + link.hash))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: it hears the clicks of the links within, by key too
    <div className={className} aria-busy={isPending} onClick={follow}>
      {children}
    </div>
  )
}
