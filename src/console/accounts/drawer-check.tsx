'use client'
/** The check that goes with a save, under the fields of the form: its stages as they end, and what became of the save if one failed. */
import { useEffect, useRef } from 'react'
import { Result } from '../ui/result.tsx'
import { AccountStages } from './account-stages.tsx'
import type { Check } from './use-checks.ts'

export type RunningCheck = Pick<Check, 'stages' | 'isRunning' | 'problem'>

/** @param title, why say what became of what was typed, where the check did not pass */
type Props = { provider: string; check: RunningCheck; title: string; why: string }

export function DrawerCheck({ provider, check: { stages, isRunning, problem }, title, why }: Props) {
  const end = useRef<HTMLDivElement>(null)
  const shown = isRunning ? stages.length : -1
  // Every new stage comes into view: the drawer is longer than many a screen.
  useEffect(() => {
    if (shown !== 0) end.current?.scrollIntoView({ block: 'nearest' })
  }, [shown])
  return (
    <div className="stack drawer-check" ref={end}>
      <AccountStages provider={provider} stages={stages} isRunning={isRunning} />
      {!isRunning && problem && <Result {...problem} />}
      {!isRunning && (problem || stages.some(({ ok }) => !ok)) && <Result tone="red" title={title} why={why} />}
    </div>
  )
}
