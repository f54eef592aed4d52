'use client'
/** When an account was checked last and how it ended; opens the stages and what else there is to say of the account. */
import { useTranslations } from 'next-intl'
import type { StageResult } from '#channels/contract.ts'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { Icon } from '../ui/line-icon.tsx'
import { Time } from '../ui/time.tsx'
import type { Check } from './use-checks.ts'

type Props = {
  provider: string
  lastCheckAt: Date | string | null
  lastCheck: readonly StageResult[] | null
  check: Check | undefined
  isOpen: boolean
  onToggle: () => void
  detailsId: string
}

export function LastCheck({ provider, lastCheckAt, lastCheck, check, isOpen, onToggle, detailsId }: Props) {
  const t = useTranslations('Accounts')
  const stages = useDynamicWords('Stage', provider)
  const failed = lastCheck?.find((stage) => !stage.ok)
  return (
    <button
      type="button"
      className="quiet last-check"
      aria-expanded={isOpen}
      aria-controls={isOpen ? detailsId : undefined}
      onClick={onToggle}
    >
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
      <Icon name="expand" />
    </button>
  )
}
