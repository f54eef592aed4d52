/** What was or would be sent, with dots where its code stood: a mail in a frame, a text in a bubble, a call as it is spoken, a card. */

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { isByRules } from '#channels/traits.ts'
import { Facts } from '#console/ui/facts.tsx'
import { Icon } from '#console/ui/line-icon.tsx'
import { MailFrame } from '#console/ui/mail-frame.tsx'
import { ServiceCard } from '#console/ui/service-card.tsx'
import { Tabs } from '#console/ui/tabs.tsx'
import type { Message } from './load-message.ts'

type Mail = { subject: string; html: string; text: string }
/** Signature and template are of texts that live at a provider. */
type Sms = { signName?: string; templateCode?: string; text: string }
type Call = {
  ttsCode: string
  text: string
  calledShowNumber?: string
  playTimes: number
  volume: number
  speed: number
}

type Card = {
  templateId: string
  url?: string
  miniprogram?: { appid: string; pagepath?: string }
  card: { title: string; lines: { label: string; value: string }[]; jump: 'none' | 'url' | 'mini_program' }
}

const has = (content: unknown, ...names: string[]): boolean =>
  typeof content === 'object' && content !== null && names.every((name) => name in content)

const isMail = (content: unknown): content is Mail => has(content, 'subject', 'html', 'text')
const isSms = (content: unknown): content is Sms => has(content, 'text')
const isCall = (content: unknown): content is Call => has(content, 'ttsCode', 'playTimes', 'text')
const isCard = (content: unknown): content is Card => has(content, 'card', 'templateId')

type Props = { message: Message; content: unknown }

export function Content({ message, content }: Props) {
  const t = useTranslations('Message')
  const drawn = draw(content, message)
  return (
    <section className="section" aria-labelledby="content">
      <h2 id="content">{t('content')}</h2>
      {drawn ? (
        <>
          {drawn}
          {message.expiresAt && <p className="muted small">{t('codeNotKept')}</p>}
        </>
      ) : (
        <p className="muted small">{t(whyMissing(message))}</p>
      )}
    </section>
  )
}

type Missing =
  | 'contentDropped'
  | 'contentOfTest'
  | 'contentOfNotice'
  | 'contentGone'
  | 'contentForOthers'
  | 'contentOfRule'

function whyMissing({ kind, channel, templateOrigin, contentDropped }: Message): Missing {
  if (contentDropped) return 'contentDropped'
  if (kind === 'test_send') return 'contentOfTest'
  if (kind === 'notice') return 'contentOfNotice'
  if (isByRules(channel)) return 'contentOfRule'
  return templateOrigin ? 'contentForOthers' : 'contentGone'
}

function draw(content: unknown, message: Message): ReactNode {
  if (isCard(content)) return <CardContent content={content} at={message.createdAt} />
  if (isMail(content)) return <MailContent mail={content} />
  if (isCall(content)) return <CallContent call={content} />
  return isSms(content) && <SmsContent sms={content} />
}

function MailContent({ mail }: { mail: Mail }) {
  const t = useTranslations('Message')
  const html = <MailFrame className="mail-frame" mail={{ html: mail.html }} title={t('content')} />
  return (
    <>
      <p className="subject">
        <span className="muted">{t('subject')}</span> {mail.subject}
      </p>
      <Tabs
        label={t('content')}
        tabs={[
          { id: 'html', label: t('html'), content: html },
          { id: 'text', label: t('text'), content: <pre className="plain-text">{mail.text}</pre> },
        ]}
      />
    </>
  )
}

function SmsContent({ sms }: { sms: Sms }) {
  const t = useTranslations('Message')
  return (
    <>
      <p className="bubble">{sms.text}</p>
      <Facts facts={{ [t('signature')]: sms.signName, [t('providerTemplate')]: sms.templateCode }} />
    </>
  )
}

function CallContent({ call }: { call: Call }) {
  const t = useTranslations('Message')
  return (
    <>
      <p className="bubble spoken">
        <Icon name="speaker" />
        <span>
          <span className="unseen">{t('spoken')}</span> {call.text}
        </span>
      </p>
      <Facts
        facts={{
          [t('providerTemplate')]: call.ttsCode,
          [t('callingNumber')]: call.calledShowNumber ?? t('sharedNumbers'),
          [t('playTimes')]: t('times', { count: call.playTimes }),
        }}
      />
    </>
  )
}

function CardContent({ content: { card, templateId, url, miniprogram }, at }: { content: Card; at: Date }) {
  const t = useTranslations('Message')
  return (
    <>
      <ServiceCard {...card} hasMore={card.jump !== 'none'} at={at} />
      <Facts
        facts={{
          [t('templateId')]: templateId,
          [t('opens')]: url,
          [t('miniProgram')]: [miniprogram?.appid, miniprogram?.pagepath].filter(Boolean).join(' · '),
        }}
      />
    </>
  )
}
