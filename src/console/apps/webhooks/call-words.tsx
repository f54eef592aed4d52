'use client'
/** How a call of a webhook ended, and what comes next. */
import { useLocale, useTranslations } from 'next-intl'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { formatDuration } from '#console/ui/format-time.ts'
import { StateBadge, type Tone } from '#console/ui/state-badge.tsx'
import { Time } from '#console/ui/time.tsx'
import { type Call, isUntried } from './use-calls.ts'

/** What came back at the last try: its status and how long it took, or why there is none. */
export function useAnswerWords(): (call: Call) => string | undefined {
  const t = useTranslations('Webhooks')
  const words = useDynamicWords('Webhooks')
  const locale = useLocale()
  return (call) => {
    const { error, answerStatus, ms } = call
    // What stands there is of before it was sent again.
    if (isUntried(call)) return undefined
    if (error) return words(`error_${error}`)
    if (answerStatus === null) return undefined
    if (answerStatus >= 300 && answerStatus < 400) return t('redirected', { status: answerStatus })
    return ms === null ? String(answerStatus) : `${answerStatus} · ${formatDuration(ms, locale)}`
  }
}

const tones: Record<Call['state'], Tone> = { delivered: 'green', waiting: 'amber', failed: 'red' }
/** Less is no time to wait for. */
const soonMs = 60_000

type Props = {
  call: Call
  /** When it was so. */
  asOf: number
  /** Whether the webhook is called at all. */
  isCalled: boolean
}

export function CallResult({ call, ...at }: Props) {
  const t = useTranslations('Webhooks')
  const { state, attempts } = call
  return (
    <>
      <StateBadge tone={isUntried(call) ? 'grey' : tones[state]}>{t(`call_${state}`)}</StateBadge>
      {state === 'waiting' && <NextTry call={call} {...at} />}
      {state !== 'waiting' && attempts > 1 && <span className="why">{t('tries', { count: attempts })}</span>}
    </>
  )
}

function NextTry({ call: { attempts, nextAt }, asOf, isCalled }: Props) {
  const t = useTranslations('Webhooks')
  if (!isCalled) return <span className="why">{t('waitsForOn')}</span>
  if (attempts === 0) return null
  const isSoon = nextAt === null || new Date(nextAt).getTime() - asOf < soonMs
  return (
    <span className="why">
      {isSoon ? t('nextSoon', { attempts }) : t.rich('nextTry', { attempts, when: () => <Time at={nextAt} /> })}
    </span>
  )
}
