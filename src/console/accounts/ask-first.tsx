'use client'
/** Asks before templates lose their use: by another account in force, or by another key of the one that is. */
import { useLocale, useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import type { ChannelId } from '#channels/traits.ts'
import type { Question } from '#domain/accounts/replacement.ts'
import type { Taking } from '#domain/accounts/taking-along.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { lazyPart } from '../ui/lazy-part.tsx'

/** What the server is told that the person has agreed to. */
export const agreedTo = ({ accountId, scenarios, overrides }: Question) => ({ accountId, scenarios, overrides })

type Props = {
  channel: ChannelId
  /** Of the account that takes the place, or whose key it is. */
  provider: string
  /** What the server asks; absent while it asks nothing. */
  asks: Question | undefined
  /** The account that takes the place, or whose key it is. */
  account: { id: string; name: string }
  /** Called once: with what was agreed to and what of it goes along, or without where it was declined. */
  onAnswer: (agreed: Question | undefined, taking?: Taking) => void
}

/** Loaded when it is asked first: few pages ever need it. */
const TakeAlong = lazyPart(() => import('./take-along.tsx').then((file) => file.TakeAlong))

export function AskFirst({ channel, provider, asks, account: { id, name }, onAnswer }: Props) {
  const t = useTranslations('Accounts')
  const words = useDynamicWords('Accounts', provider)
  const locale = useLocale()
  const agreed = useRef<Question>(undefined)
  const [taking, setTaking] = useState<Taking | null>()
  if (!asks) return null
  const { kind, scenarios, overrides, notTakeable, isWritten, hasChanged } = asks
  const account = asks.name
  const counted = [
    ...(scenarios > 0 ? [t('countedScenarios', { count: scenarios })] : []),
    ...(overrides > 0 ? [t('countedOverrides', { count: overrides })] : []),
  ]
  const what = new Intl.ListFormat(locale).format(counted)
  const canTake = kind === 'replaced' && !notTakeable
  const agree = async () => {
    agreed.current = asks
    return undefined
  }
  const answer = () => {
    onAnswer(agreed.current, (canTake && taking) || undefined)
    agreed.current = undefined
    // The next question waits anew for what goes along: until then its button would move away under the pointer.
    setTaking(undefined)
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={answer}
      title={t(`ask_${kind}`, { name })}
      intro={words(`losing_${isWritten ? 'written' : channel}`, { what, count: scenarios + overrides, account })}
      consequences={[
        ...(hasChanged ? [t('askedAgain')] : []),
        ...(notTakeable ? [t(`notTakeable_${notTakeable}`, { name, account })] : []),
        canTake ? t('then_taking', { name }) : words(`then_${kind}`, { name }),
        t(`regaining_${kind}`, { name, account }),
      ]}
      isWaiting={canTake && taking === undefined}
      verb={t(`verb_${kind}`)}
      onConfirm={agree}
    >
      {canTake && <TakeAlong id={id} name={name} from={{ id: asks.accountId, name: account }} onChange={setTaking} />}
    </ConfirmDialog>
  )
}
