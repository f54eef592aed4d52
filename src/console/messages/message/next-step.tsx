/** Why a message did not go out, or does not yet, and what a person can do about it. */

import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { isByRules } from '#channels/traits.ts'
import { channelPlace, rulePlace, rulesPlace, templatePlace } from '#console/links.ts'
import { LinkButton } from '#console/ui/button.tsx'
import { Result } from '#console/ui/result.tsx'
import { joinSentences } from '#console/ui/sentences.ts'
import { unusableBecause, useOutcomeWords } from '../outcome-words.ts'
import { badgeOf } from '../status.ts'
import type { Message } from './load-message.ts'

type Words = ReturnType<typeof useTranslations<'Message'>>

const problems = new Set(['failed', 'unknown', 'expired', 'waiting'])

export function NextStep({ message }: { message: Message }) {
  const t = useTranslations('Message')
  const outcome = useOutcomeWords()
  const locale = useLocale()
  const { tone, word } = badgeOf(message)
  if (!problems.has(word)) return null
  const { what, hint } = outcome(message.errorCause ?? message.errorCode, message.errorDetail)
  const isHeldByTemplate = word === 'waiting' && message.waitsFor === 'template'
  return (
    <div className="above-list">
      <Result
        tone={tone}
        title={
          isHeldByTemplate
            ? t(isByRules(message.channel) ? 'problem_waiting_rule' : 'problem_waiting_template')
            : t(`problem_${word as 'failed' | 'unknown' | 'expired' | 'waiting'}`)
        }
        why={joinSentences([what && t('sentence', { what }), hint], locale)}
        next={nextWords(message, word === 'waiting', t)}
        code={message.errorCode ?? undefined}
        detail={(unusableBecause(message.errorCode, message.errorDetail)?.rest ?? message.errorDetail) || undefined}
        action={whereToMend(message, isHeldByTemplate, t)}
      />
    </div>
  )
}

/** The way to the template or to the account that holds the message back. */
function whereToMend(message: Message, isHeldByTemplate: boolean, t: Words): ReactNode {
  const { channel, scenario, app, templateOrigin, templateAccountId } = message
  if (isHeldByTemplate && isByRules(channel)) {
    return (
      <LinkButton href={message.pushRule ? rulePlace(message.pushRule.id) : rulesPlace()}>{t('openRule')}</LinkButton>
    )
  }
  if (isHeldByTemplate) {
    const ofApp = templateOrigin === 'app' ? app?.key : undefined
    const template = templatePlace(channel, scenario, { app: ofApp, account: templateAccountId ?? undefined })
    // A plain link: the form of a template has a content policy of its own, which comes with a document only.
    return (
      template && (
        <LinkButton isDocument href={template}>
          {t('openTemplate')}
        </LinkButton>
      )
    )
  }
  const place = channelPlace(channel)
  const isAboutChannel = badgeOf(message).word === 'waiting' || message.errorCode === 'template_not_configured'
  return isAboutChannel && place && <LinkButton href={place}>{t('openChannel', { channel })}</LinkButton>
}

function nextWords(message: Message, isWaiting: boolean, t: Words) {
  if (message.kind === 'test_send') return t(isByRules(message.channel) ? 'testPushAgain' : 'testAgain')
  if (message.kind !== 'live') return undefined
  if (message.expiresAt) return isWaiting ? t('waitsForCode') : t('codeErased')
  if (isWaiting) return undefined
  return message.canResend ? t('canResend') : t('othersResend')
}
