/** Messages of official accounts in the inbox: for programs, and as a person reads them. */
import type { Channel, Command, Delivery, DeliveryView, Language } from '../channel.ts'
import type { PushState } from '../push-records.ts'
import { officialAccountFaults } from './fault-rules.ts'
import type { Jump } from './letters.ts'
import type { OfficialAccounts } from './official-accounts.ts'
import { eventStatuses, type Records } from './records.ts'
import type { CardContent } from './template-apis.ts'
import { viewWordsOf } from './view-words.ts'

type Fact = [name: string, value: string]

const read = ({ body }: Delivery): CardContent => JSON.parse(body.toString('utf8')) as CardContent

/** What the event will say, or has said. */
type ReceiptView = { status: string; settledAt: string | null; push: PushState | 'off' }

function receiptOf(records: Records, { id }: Delivery): ReceiptView | null {
  const sent = records.get(id)
  if (!sent) return null
  const settledAt = sent.settledAt === null ? null : new Date(sent.settledAt).toISOString()
  const push = sent.repeat === null ? 'off' : records.pushState(id)
  return { status: eventStatuses[sent.status], settledAt, push }
}

function receiptFacts(records: Records, delivery: Delivery, language: Language): Fact[] {
  const receipt = receiptOf(records, delivery)
  if (!receipt) return []
  const words = viewWordsOf(language)
  const status = receipt.settledAt === null ? words.neverSettled : receipt.status
  return [[words.event, `${status} · ${words.pushes[receipt.push]}`]]
}

const destinationOf = (jump: Jump): string => (jump.to === 'url' ? jump.url : `${jump.appId} ${jump.pagePath}`)

function view(records: Records, delivery: Delivery, language: Language): DeliveryView {
  const words = viewWordsOf(language)
  const content = read(delivery)
  const { title, fields, jump, template } = content
  const { appId = '', msgId = '', clientMsgId = '' } = delivery.meta
  const invitation = jump?.to === 'mini_program' ? words.openMiniProgram : words.details
  return {
    title,
    content: {
      form: 'card',
      title,
      lines: fields.map(({ label, value }) => [label, value]),
      ...(jump && { jump: invitation }),
    },
    facts: [
      [words.officialAccount, appId],
      [words.template, template],
      ...fields.map(({ key, value }): Fact => [key, value]),
      [words.jump, jump ? destinationOf(jump) : words.noJump],
      ...receiptFacts(records, delivery, language),
      ['msgid', msgId],
      ['client_msg_id', clientMsgId],
    ],
    raw: JSON.stringify({ ...delivery.meta, ...content }, undefined, 2),
  }
}

/** The channel as the inbox, the control surface and the pages need it. */
export function officialAccountChannel(
  records: Records,
  accounts: OfficialAccounts,
  commands: Readonly<Record<string, Command>>,
): Channel {
  return {
    id: 'official_account',
    faults: officialAccountFaults(accounts),
    commands,
    summarize: (delivery) => {
      const { title, fields } = read(delivery)
      const { msgId = '', clientMsgId = '' } = delivery.meta
      const values = fields.map(({ value }) => value).filter(Boolean)
      return { title: [title, values.join(' · ')].filter(Boolean).join(' — '), messageId: clientMsgId || msgId }
    },
    content: async (delivery) => ({ ...read(delivery), ...delivery.meta, receipt: receiptOf(records, delivery) }),
    view: async (delivery, language) => view(records, delivery, language),
  }
}
