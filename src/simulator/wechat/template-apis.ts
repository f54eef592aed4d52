/** `template/get_all_private_template` and `message/template/send`: what is listed, and what is kept of a message. */
import { randomInt } from 'node:crypto'
import { type Faults, textOf, wholeOf } from '../faults.ts'
import type { Inbox } from '../inbox.ts'
import type { Events } from './events.ts'
import type { AccountCall, Api } from './gateway.ts'
import { type Jump, type Letter, type Letters, recipientIn } from './letters.ts'
import type { EventStatus, Records, Sent } from './records.ts'
import { fillIn, isShown, keywordsOf, type Templates } from './templates.ts'

type TemplateParts = {
  events: Events
  faults: Faults
  inbox: Inbox
  letters: Letters
  records: Records
  templates: Templates
}

/** What the inbox shows of a message. */
export type CardContent = {
  template: string
  title: string
  fields: { label: string; key: string; value: string }[]
  /** The lines of the card. */
  text: string
  jump: Jump | null
}

const eventAfter = 1_000

let counter = randomInt(50_000) * 2 + 1

/** 19 digits. An odd number of that size is none that a double can hold: who reads it as one gets another id. */
function newMsgId(at: number): string {
  counter = (counter + 2) % 100_000
  return `3${at}${String(counter).padStart(5, '0')}`
}

function cardOf({ template, values, jump }: Letter): CardContent {
  const fields = keywordsOf(template.content).filter(isShown)
  return {
    template: template.id,
    title: template.title,
    fields: fields.map(({ label, key }) => ({ label, key, value: values[key] ?? '' })),
    text: fillIn(template.content, values),
    jump,
  }
}

/** The faults `receipt` and `receipt_off` change what the follower would bring about. */
function planOutcome(
  faults: Faults,
  { openid, follower }: Letter,
  at: number,
): Pick<Sent, 'status' | 'settledAt' | 'repeat'> {
  const told = faults.take('official_account', 'receipt', [openid])
  const isOff = faults.take('official_account', 'receipt_off', [openid]) !== undefined
  const usual: EventStatus = follower === 'user_block' || follower === 'system_failed' ? follower : 'success'
  const status = told && textOf(told, 'status')
  if (status === 'pending') return { status: usual, settledAt: null, repeat: null }
  return {
    status: (status as EventStatus | undefined) ?? usual,
    settledAt: at + ((told && wholeOf(told, 'delay')) ?? eventAfter),
    repeat: isOff ? null : ((told && wholeOf(told, 'repeat')) ?? 0),
  }
}

function send(
  { events, faults, inbox, letters, records }: TemplateParts,
  { request, account, at }: AccountCall,
): string {
  const letter = letters.read(request.body, account)
  const { openid, clientMsgId } = letter
  const { appId } = account
  const answer = (msgId: string) => `{"errcode":0,"errmsg":"ok","msgid":${msgId}}`
  const before = records.repeated({ appId, openid, clientMsgId }, at)
  if (before) return answer(before.msgId)
  const msgId = newMsgId(at)
  const { id } = inbox.add({
    channel: 'official_account',
    to: openid,
    meta: { appId, msgId, clientMsgId },
    body: Buffer.from(JSON.stringify(cardOf(letter))),
  })
  const sent: Sent = { id, appId, openid, msgId, clientMsgId, at, ...planOutcome(faults, letter, at) }
  records.add(sent)
  events.expect(sent)
  return answer(msgId)
}

function list(templates: Templates, { account }: AccountCall): string {
  const listed = templates.listed(account).map(({ id, title, content, example }) => ({
    template_id: id,
    title,
    primary_industry: '',
    deputy_industry: '',
    content,
    example,
  }))
  return JSON.stringify({ template_list: listed })
}

export const templateApis = (parts: TemplateParts): Api[] => [
  {
    name: 'template/get_all_private_template',
    method: 'GET',
    takesToken: true,
    needsTemplateRight: true,
    answer: (call) => list(parts.templates, call),
  },
  {
    name: 'message/template/send',
    method: 'POST',
    takesToken: true,
    needsTemplateRight: true,
    recipient: recipientIn,
    answer: (call) => send(parts, call),
  },
]
