'use client'
/** The check that goes before a save, under the fields of the form: its stages as they end, and that nothing was saved if one failed. */
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import type { StageResult } from '#channels/contract.ts'
import { Result } from '../ui/result.tsx'
import { AccountStages } from './account-stages.tsx'

/** Its stages so far, and whether there are more to come. */
export type SaveCheck = { provider: string; stages: readonly StageResult[]; isRunning: boolean }

/** @param why says what becomes of what was typed, where a stage failed */
export function CheckBeforeSave({ check: { provider, stages, isRunning }, why }: { check: SaveCheck; why: string }) {
  const t = useTranslations('Accounts')
  const end = useRef<HTMLDivElement>(null)
  const shown = isRunning ? stages.length : -1
  // Every new stage comes into view: the drawer is longer than many a screen.
  useEffect(() => {
    if (shown !== 0) end.current?.scrollIntoView({ block: 'nearest' })
  }, [shown])
  return (
    <div className="stack check-before-save" ref={end}>
      <AccountStages provider={provider} stages={stages} isRunning={isRunning} />
      {!isRunning && stages.some(({ ok }) => !ok) && <Result tone="red" title={t('notSaved')} why={why} />}
    </div>
  )
}
