/** What happened to the message, newest first: every attempt with its outcome in words and as the provider said it. */
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl'
import { formatClock, formatDuration, formatExact, formatMoment } from '#console/ui/format-time.ts'
import { joinSentences } from '#console/ui/sentences.ts'
import type { Tone } from '#console/ui/state-badge.tsx'
import { unusableBecause, useOutcomeWords } from '../outcome-words.ts'
import type { Message, MessageEvent } from './load-message.ts'

const tones: Record<string, Tone> = {
  sent: 'green',
  delivered: 'green',
  retrying: 'amber',
  waiting: 'amber',
  unknown: 'amber',
  expired: 'amber',
  failed: 'red',
}

export function TimeLine({ message }: { message: Message }) {
  const t = useTranslations('Message')
  const tell = useTelling(message)
  const locale = useLocale()
  const zone = useTimeZone() ?? 'UTC'
  const latest = message.events.map((_, index) => message.events.length - 1 - index)
  return (
    <section aria-labelledby="what-happened">
      <h2 id="what-happened">{t('whatHappened')}</h2>
      <ol className="time-line">
        {latest.map((index) => {
          const event = message.events[index]
          if (!event) return null
          const { title, text, code, detail } = tell(event, message.events[index - 1])
          return (
            <li key={index} className={tones[event.status] ?? 'plain'}>
              <div>
                <strong>{title}</strong>
                {event.attempt > 0 && event.status !== 'resent' && (
                  <span> · {t('attempt', { attempt: event.attempt })}</span>
                )}
                <time dateTime={event.at.toISOString()} title={formatExact(event.at, locale, zone)}>
                  {formatClock(event.at, locale, zone)}
                </time>
              </div>
              {(text || code || detail) && (
                <p>
                  {text} {code && <code>{code}</code>} {detail && <span className="words">{detail}</span>}
                </p>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

type Description = { title: string; text?: string | undefined; code?: string | null; detail?: string | null }

/** Puts an event into words; `before` is the one that came before it. */
function useTelling(message: Message): (event: MessageEvent, before: MessageEvent | undefined) => Description {
  const t = useTranslations('Message')
  const outcome = useOutcomeWords()
  const locale = useLocale()
  const zone = useTimeZone() ?? 'UTC'
  const now = useNow()
  const since = (event: MessageEvent, before: MessageEvent) =>
    formatDuration(event.at.getTime() - before.at.getTime(), locale)
  const sentence = ({ cause, code, detail }: MessageEvent) => {
    const { what } = outcome(cause ?? code, detail)
    return what && t('sentence', { what })
  }
  const rest = ({ code, detail }: MessageEvent) => unusableBecause(code, detail)?.rest ?? detail
  const account = (event: MessageEvent) => event.account ?? t('provider')
  const origin = () => {
    if (message.kind === 'test_send') return t('fromConsole')
    if (message.kind === 'notice') return t('fromSignet')
    const path = message.eventId
      ? '/api/v1/events'
      : message.isVerification
        ? '/api/v1/verifications'
        : '/api/v1/messages'
    return message.apiKey ? t('fromKey', { path, key: message.apiKey }) : t('fromApi', { path })
  }
  const describe: Record<
    string,
    (event: MessageEvent, before: MessageEvent | undefined) => Omit<Description, 'title'>
  > = {
    accepted: ({ code, detail }) => ({
      text: joinSentences([origin(), code === 'held_back' && t('heldBackBefore', { count: Number(detail) })], locale),
    }),
    sending: (event, before) =>
      before?.status === 'accepted'
        ? { text: t('takenAfter', { duration: since(event, before) }) }
        : before?.status === 'resent'
          ? { text: t('takenAgainAfter', { duration: since(event, before) }) }
          : {},
    sent: (event) => ({
      text:
        event.ms === null
          ? t('took', { account: account(event) })
          : t('tookIn', { account: account(event), duration: formatDuration(event.ms, locale) }),
      code: event.providerMessageId,
    }),
    delivered: (event, before) => ({
      text:
        message.kind === 'test'
          ? t('testKey')
          : before?.status === 'sent'
            ? t('confirmedAfter', { duration: since(event, before) })
            : t('confirmed'),
      code: message.kind === 'test' ? null : event.code,
    }),
    retrying: (event) => ({
      text: joinSentences(
        [sentence(event), event.nextAt && t('nextAt', { at: formatMoment(event.nextAt, now, locale, zone) })],
        locale,
      ),
      code: event.code,
      detail: event.detail,
    }),
    resent: ({ detail }) => ({ text: detail ? t('resentBy', { name: detail }) : undefined }),
  }
  return (event, before) => ({
    title: t.has(`event_${event.status}` as 'event_sent') ? t(`event_${event.status}` as 'event_sent') : event.status,
    ...(describe[event.status]?.(event, before) ?? { text: sentence(event), code: event.code, detail: rest(event) }),
  })
}
