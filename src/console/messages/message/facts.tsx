/** What the message is made of: the App, the scenario, the template and account that carried it, and its ids. */

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { isByRules } from '#channels/traits.ts'
import { rulePlace, templatePlace } from '#console/links.ts'
import { CopyButton } from '#console/ui/copy-button.tsx'
import { Facts } from '#console/ui/facts.tsx'
import { Time } from '#console/ui/time.tsx'
import type { Message } from './load-message.ts'
import { Recipient } from './recipient.tsx'

export function MessageFacts({ message, scenario }: { message: Message; scenario: string }) {
  const t = useTranslations('Message')
  const { app } = message
  const version = message.templateVersion
  const facts = {
    [t('recipient')]: <Recipient id={message.id} masked={message.recipient} canReveal={message.canReveal} />,
    [t('app')]: app && (
      <Link href={`/apps/${app.key}`} prefetch={false}>
        {app.name}
      </Link>
    ),
    [t('scenario')]: scenario,
    ...(isByRules(message.channel)
      ? { [t('pushRule')]: <RuleFact message={message} /> }
      : { [t('template')]: version !== null && <TemplateFact message={message} version={version} /> }),
    [t('account')]: message.account,
    [t('codeUntil')]: message.expiresAt && <Time at={message.expiresAt} as="exact" />,
    [t('verification')]: message.verification && (
      <>
        {t(`verification_${message.verification.status}`)}
        {message.verification.attempts > 0 && (
          <span className="muted"> · {t('wrongTries', { count: message.verification.attempts })}</span>
        )}
      </>
    ),
    [t('event')]: message.eventId && <span className="mono break">{message.eventId}</span>,
    [t('reference')]: message.reference && <span className="mono break">{message.reference}</span>,
    [t('providerId')]: message.providerMessageId && <span className="mono break">{message.providerMessageId}</span>,
    [t('id')]: (
      <span className="row">
        <span className="mono break">{message.id}</span>
        <CopyButton value={message.id} what={t('id')} />
      </span>
    ),
  }
  return (
    <section className="section" aria-labelledby="facts">
      <h2 id="facts">{t('facts')}</h2>
      <Facts facts={facts} />
    </section>
  )
}

function RuleFact({ message: { pushRule, templateVersion: version, kind } }: { message: Message }) {
  const t = useTranslations('Message')
  if (!pushRule) return t(kind === 'test_send' ? 'ruleNotSaved' : 'ruleGone')
  return (
    <Link href={rulePlace(pushRule.id)} prefetch={false}>
      {version === null ? pushRule.name : t('ruleVersion', { name: pushRule.name, version })}
    </Link>
  )
}

function TemplateFact({ message, version }: { message: Message; version: number }) {
  const t = useTranslations('Message')
  const { templateOrigin: origin, app } = message
  if (origin === null) return t('templateGone', { version })
  const words =
    origin === 'app' ? t('templateOfApp', { app: app?.name ?? '', version }) : t('templateDefault', { version })
  const place = templatePlace(message.channel, message.scenario, {
    app: origin === 'app' ? app?.key : undefined,
    account: message.templateAccountId ?? undefined,
  })
  // A plain link: the editor has a content policy of its own, which comes with a document only.
  return place ? <a href={place}>{words}</a> : words
}
