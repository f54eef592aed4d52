'use client'
/** When an account was checked last and how it ended; opens the stages and what else there is to say of the account. */
import { useTranslations } from 'next-intl'
import type { StageResult } from '#channels/contract.ts'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { Time } from '../ui/time.tsx'
import { UnfoldButton } from '../ui/unfold-button.tsx'
import type { Fold } from '../ui/use-folds.ts'
import type { Check } from './use-checks.ts'

type Props = {
  provider: string
  lastCheckAt: Date | string | null
  lastCheck: readonly StageResult[] | null
  check: Check | undefined
  fold: Fold
}

export function LastCheck({ provider, lastCheckAt, lastCheck, check, fold }: Props) {
  const t = useTranslations('Accounts')
  const stages = useDynamicWords('Stage', provider)
  const failed = lastCheck?.find((stage) => !stage.ok)
  return (
    <UnfoldButton {...fold}>
      <span>
        {check?.isRunning ? (
          <span className="muted">{t('checking')}</span>
        ) : lastCheckAt ? (
          <>
            <Time at={lastCheckAt} />
            <span className="muted"> · {failed ? t('failedAt', { stage: stages(failed.stage) }) : t('passed')}</span>
          </>
        ) : (
          <span className="muted">
            {t('never')}
            <span className="unseen"> · {t('details')}</span>
          </span>
        )}
      </span>
    </UnfoldButton>
  )
}
