/** What the message is, how it stands, and the way to send it again. */
import { useTranslations } from 'next-intl'
import { PageHead } from '#console/ui/page-head.tsx'
import { StateBadge } from '#console/ui/state-badge.tsx'
import { badgeOf } from '../status.ts'
import type { Message } from './load-message.ts'
import { Resend } from './resend.tsx'

export function MessageHead({ message, scenario }: { message: Message; scenario: string }) {
  const t = useTranslations('Message')
  const status = useTranslations('Status')
  const kinds = useTranslations('Messages')
  const { tone, word } = badgeOf(message)
  return (
    <PageHead
      crumbs={[{ label: kinds('title'), href: '/messages' }]}
      title={t('heading', { scenario, channel: message.channel, recipient: message.recipient })}
      aside={
        <>
          <span aria-live="polite">
            <StateBadge tone={tone}>{status(word)}</StateBadge>
          </span>
          {message.kind !== 'live' && <span className="tag">{kinds(`kind_${message.kind}`)}</span>}
        </>
      }
      action={message.canResend && <Resend id={message.id} recipient={message.recipient} />}
    />
  )
}
