/** The body of a send, read and checked against the account's followers and templates. */
import { isRecord } from '../faults.ts'
import type { FollowerState, Followers } from './followers.ts'
import { optionalText, readJsonBody } from './json-body.ts'
import { takesValue } from './keyword-types.ts'
import type { OfficialAccount } from './official-accounts.ts'
import { refusal } from './refusals.ts'
import type { MessageTemplate } from './template-seeds.ts'
import { keywordsOf, type Templates } from './templates.ts'

/** Where a tap leads. */
export type Jump = { to: 'url'; url: string } | { to: 'mini_program'; appId: string; pagePath: string }

export type Letter = {
  openid: string
  follower: FollowerState
  template: MessageTemplate
  values: Record<string, string>
  jump: Jump | null
  clientMsgId: string
}

const templateIdLength = 43
const longestClientMsgId = 32

/** Of a body that may be anything; empty when it names nobody. */
export function recipientIn(body: string): string {
  try {
    const value: unknown = JSON.parse(body)
    return isRecord(value) && typeof value.touser === 'string' ? value.touser : ''
  } catch {
    return ''
  }
}

export class Letters {
  readonly #followers: Followers
  readonly #templates: Templates

  constructor(followers: Followers, templates: Templates) {
    this.#followers = followers
    this.#templates = templates
  }

  /** @throws Refusal for the first thing that is wrong with it */
  read(text: string, account: OfficialAccount): Letter {
    const body = readJsonBody(text)
    const openid = optionalText(body, 'touser')
    const follower = this.#followers.stateOf(account, openid)
    if (!follower) throw refusal(40003)
    const template = this.#template(account, optionalText(body, 'template_id'))
    if (follower === 'not_following') throw refusal(43004)
    if (follower === 'refused') throw refusal(43101)
    const values = readValues(template, body.data ?? {})
    const jump = readJump(body, account)
    const clientMsgId = optionalText(body, 'client_msg_id')
    if (clientMsgId.length > longestClientMsgId) throw refusal(47003, 'argument invalid! client_msg_id invalid')
    return { openid, follower, template, values, jump, clientMsgId }
  }

  #template(account: OfficialAccount, id: string): MessageTemplate {
    if (id.length !== templateIdLength) throw refusal(40036)
    const template = this.#templates.find(account, id)
    if (!template) throw refusal(40037)
    return template
  }
}

/** Keys that the template does not name are not looked at. */
function readValues({ content, values: approved }: MessageTemplate, data: unknown): Record<string, string> {
  if (!isRecord(data)) throw refusal(47001)
  const values: Record<string, string> = {}
  for (const { key } of keywordsOf(content)) {
    const field = Object.hasOwn(data, key) ? data[key] : { value: '' }
    if (!isRecord(field)) throw refusal(47001)
    const value = optionalText(field, 'value')
    if (!takesValue(key, value, approved[key])) {
      // The misspelling is the real service's.
      throw refusal(47003, `argument invalid! data.${key}.value ${value === '' ? 'is emtpy' : 'invalid'}`)
    }
    values[key] = value
  }
  return values
}

/** The mini program wins over the address. */
function readJump(body: Record<string, unknown>, { miniProgram: linked }: OfficialAccount): Jump | null {
  const url = optionalText(body, 'url')
  const program = body.miniprogram ?? {}
  if (!isRecord(program)) throw refusal(47001)
  const [appId, pagePath] = [optionalText(program, 'appid'), optionalText(program, 'pagepath')]
  if (!appId && pagePath) throw refusal(40013)
  if (!appId) return url ? { to: 'url', url } : null
  if (appId !== linked) throw refusal(40013)
  if (/[\s:]/.test(pagePath)) throw refusal(40165)
  return { to: 'mini_program', appId, pagePath }
}
