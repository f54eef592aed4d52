/** Why a message did not go out, or does not yet, and what a person can do about it. */
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { Result } from '../../../ui/result.tsx'
import { joinSentences } from '../../../ui/sentences.ts'
import { channelPlace } from '../../places.ts'
import { useOutcomeWords } from '../outcome-words.ts'
import { standing } from '../status.ts'
import type { Message } from './message.ts'

const ofAccount = new Set(['waiting'])
const problems = new Set(['failed', 'unknown', 'expired', 'waiting'])

export function NextStep({ message }: { message: Message }) {
  const t = useTranslations('Message')
  const outcome = useOutcomeWords()
  const locale = useLocale()
  const { tone, word } = standing(message)
  if (!problems.has(word)) return null
  const { what, hint } = outcome(message.errorCode)
  const place = channelPlace(message.channel)
  const isAboutAccount = ofAccount.has(word) || message.errorCode === 'template_not_configured'
  return (
    <div className="above-list">
      <Result
        tone={tone}
        title={t(`problem_${word as 'failed' | 'unknown' | 'expired' | 'waiting'}`)}
        why={joinSentences([what && t('sentence', { what }), hint], locale)}
        next={nextWords(message, word === 'waiting', t)}
        code={message.errorCode ?? undefined}
        detail={message.errorDetail ?? undefined}
        action={
          isAboutAccount &&
          place && (
            <Link className="button" href={place} prefetch={false}>
              {t('openChannel', { channel: message.channel })}
            </Link>
          )
        }
      />
    </div>
  )
}

function nextWords(message: Message, isWaiting: boolean, t: ReturnType<typeof useTranslations<'Message'>>) {
  if (message.kind === 'test_send') return t('testAgain')
  if (message.kind === 'test') return undefined
  if (message.expiresAt) return isWaiting ? t('waitsForCode') : t('codeErased')
  if (isWaiting) return undefined
  return message.canResend ? t('canResend') : t('othersResend')
}
