'use client'
/** All findings of what is edited: the check's right after the preview is drawn, the worker's when they are there. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ContentStore } from '../content-store.ts'
import type { Finding, FindingScenario } from './finding.ts'
import { quickFindings } from './quick-findings.ts'
import type { Question, Reading } from './reader.ts'

/** Above this many characters the check waits for a pause, too. */
const long = 200_000
/** Otherwise so long that the preview is drawn first, in milliseconds. */
const soon = 100

const errorsFirst = (a: Finding, b: Finding) => Number(b.severity === 'error') - Number(a.severity === 'error')

/** @returns errors first, then hints by where they stand */
export function useFindings(content: ContentStore, scenario: FindingScenario, reading: Reading | undefined): Finding[] {
  const [quick, setQuick] = useState(() => quickFindings(content.get(), scenario))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const check = () => {
      timer = undefined
      setQuick(quickFindings(content.get(), scenario))
    }
    check()
    const unsubscribe = content.subscribe(() => {
      const isLong = content.get().html.length > long
      if (isLong) clearTimeout(timer)
      if (isLong || timer === undefined) timer = setTimeout(check, isLong ? 300 : soon)
    })
    return () => {
      unsubscribe()
      clearTimeout(timer)
    }
  }, [content, scenario])
  return useMemo(() => [...quick, ...(reading?.findings ?? [])].sort(errorsFirst), [quick, reading])
}

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
