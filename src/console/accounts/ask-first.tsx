'use client'
/** Asks before templates lose their use: by another account in force, or by another key of the one that is. */
import { useLocale, useTranslations } from 'next-intl'
import { useRef } from 'react'
import type { ChannelId } from '#channels/contract.ts'
import type { Question } from '#domain/accounts/replacement.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'

/** What the server is told that the person has agreed to. */
export const agreedTo = ({ accountId, scenarios, overrides }: Question) => ({ accountId, scenarios, overrides })

type Props = {
  channel: ChannelId
  /** What the server asks; absent while it asks nothing. */
  asks: Question | undefined
  /** The account that takes the place, or whose key it is. */
  name: string
  /** Called once: with what was agreed to, or without where it was declined. */
  onAnswer: (agreed: Question | undefined) => void
}

export function AskFirst({ channel, asks, name, onAnswer }: Props) {
  const t = useTranslations('Accounts')
  const words = useDynamicWords('Accounts')
  const locale = useLocale()
  const agreed = useRef<Question>(undefined)
  if (!asks) return null
  const { kind, scenarios, overrides } = asks
  const counted = [
    ...(scenarios > 0 ? [t('countedScenarios', { count: scenarios })] : []),
    ...(overrides > 0 ? [t('countedOverrides', { count: overrides })] : []),
  ]
  const what = new Intl.ListFormat(locale).format(counted)
  const agree = async () => {
    agreed.current = asks
    return undefined
  }
  const answer = () => {
    onAnswer(agreed.current)
    agreed.current = undefined
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={answer}
      title={t(`ask_${kind}`, { name })}
      intro={words(`losing_${channel}`, { what, count: scenarios + overrides, account: asks.name })}
      consequences={[t(`then_${kind}`, { name }), t(`regaining_${kind}`, { name, account: asks.name })]}
      verb={t(`verb_${kind}`)}
      onConfirm={agree}
    />
  )
}
