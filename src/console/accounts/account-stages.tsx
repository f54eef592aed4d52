'use client'
/** The stages of a check: what was tried, whether it worked, how long it took, and for a failure why and what to do. */
import { Loader } from '@mantine/core'
import { useTranslations } from 'next-intl'
import type { StageResult } from '#channels/contract.ts'
import { CodeLine } from '../ui/code-line.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { Icon } from '../ui/line-icon.tsx'

type Props = { provider: string; stages: readonly StageResult[]; isRunning?: boolean }

export function AccountStages({ provider, stages, isRunning }: Props) {
  const t = useTranslations('Accounts')
  return (
    <ol className="stages" aria-label={t('stages')} aria-live="polite" aria-busy={isRunning}>
      {stages.map((stage) => (
        <Stage key={stage.stage} provider={provider} stage={stage} />
      ))}
      {isRunning && (
        <li className="stage-running">
          <Loader size={14} />
          <span>{t('checking')}</span>
        </li>
      )}
    </ol>
  )
}

type StageProps = { provider: string; stage: StageResult }

function Stage({ provider, stage }: StageProps) {
  const t = useTranslations('Accounts')
  const words = useDynamicWords('Stage', provider)
  const name = words(stage.stage)
  return (
    <li className={stage.ok ? 'green' : 'red'}>
      <Icon name={stage.ok ? 'check' : 'cross'} />
      <span className="stage-name">
        {name} <span className="unseen">{stage.ok ? t('passed') : t('failed')}</span>
      </span>
      <span className="stage-time">{t('milliseconds', { ms: stage.ms })}</span>
      {stage.ok ? (
        <span className="stage-words muted">{words.find(`${stage.stage}Passed`)}</span>
      ) : (
        <Failure provider={provider} stage={stage} />
      )}
    </li>
  )
}

function Failure({ provider, stage: { cause, code, detail, requestId } }: StageProps) {
  const t = useTranslations('Accounts')
  const words = useDynamicWords('Cause', provider)
  const needed = cause && words.find(`${cause}Copy`)
  const answer = [code, needed ? '' : detail, requestId].filter(Boolean).join(' · ')
  return (
    <div className="stage-words">
      <p>{(cause && words.find(cause)) ?? t('unknownCause')}</p>
      {needed && detail && <CodeLine code={detail} what={needed} />}
      <p>{cause && words.find(`${cause}Hint`)}</p>
      {answer && (
        <p className="stage-answer">
          <span className="muted mono break">{answer}</span>
          <CopyButton value={answer} what={t('answer')} />
        </p>
      )}
    </div>
  )
}
