'use client'
/** The worker's latest reading of what is edited: asked when typing pauses, one question at a time, the newest only. */
import { useEffect, useRef, useState } from 'react'
import type { ContentStore } from '../content-store.ts'
import type { Question, Reading } from './reader.ts'

const pause = 150

type Options = { content: ContentStore; variables: readonly string[]; values: Record<string, string> }

/** `isCurrent` is false while the reading is of an older content. */
export function useReading({ content, variables, values }: Options): { reading?: Reading; isCurrent: boolean } {
  const [reading, setReading] = useState<Reading>()
  const [isCurrent, setCurrent] = useState(false)
  const ask = useRef<() => void>(undefined)
  const about = useRef({ variables, values })
  useEffect(() => {
    const worker = new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module' })
    let id = 0
    let isBusy = false
    let isStale = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const send = () => {
      if (isBusy) return
      isBusy = true
      isStale = false
      worker.postMessage({ id: ++id, content: content.get(), ...about.current } satisfies Question)
    }
    ask.current = () => {
      isStale = true
      setCurrent(false)
      clearTimeout(timer)
      timer = setTimeout(send, pause)
    }
    worker.addEventListener('message', ({ data }: MessageEvent<Reading>) => {
      isBusy = false
      setReading(data)
      if (isStale) send()
      else setCurrent(true)
    })
    worker.addEventListener('error', () => {
      // A template that the worker cannot read costs its hints, not the editor.
      isBusy = false
    })
    send()
    const unsubscribe = content.subscribe(() => ask.current?.())
    return () => {
      unsubscribe()
      clearTimeout(timer)
      worker.terminate()
    }
  }, [content])
  useEffect(() => {
    about.current = { variables, values }
    ask.current?.()
  }, [variables, values])
  return { reading, isCurrent }
}
