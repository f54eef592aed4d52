'use client'
/** All findings of what is edited: the check's right after the preview is drawn, the worker's when they are there. */
import { useEffect, useMemo, useState } from 'react'
import type { ContentStore } from '../content-store.ts'
import type { Finding, FindingScenario } from './finding.ts'
import { quickFindings } from './quick-findings.ts'
import type { Reading } from './reader.ts'

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
