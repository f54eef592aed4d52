/** A bare client of WeChat's API, and a letter that it takes. */
import { seededTemplates } from '#simulator/wechat/template-seeds.ts'
import type { WechatAccess } from './simulator.ts'

export type WechatAnswer = {
  errcode?: number
  errmsg?: string
  access_token?: string
  expires_in?: number
  [field: string]: unknown
}

export type Raw = { status: number; type: string; text: string; body: WechatAnswer }

type Query = Record<string, string>

export type WechatClient = ReturnType<typeof wechatClient>

export const requestId = / rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/

/** The seeded template of the main account with this title. */
export function seeded(title: string) {
  const found = seededTemplates.main.find((template) => template.title === title)
  if (!found) throw new Error(`There is no template ${title}.`)
  return found
}

/** The values of the device alarm, each of its type. */
export const alarmValues = {
  thing1: '客厅烟雾报警器',
  character_string2: 'SN-0097',
  const3: '紧急',
  thing4: '烟雾浓度超过阈值',
  time5: '2026-11-20 10:00:00',
}

export const dataOf = (values: Record<string, string>): Record<string, { value: string }> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]))

export function wechatClient({ endpoint, appId, appSecret, openids }: WechatAccess) {
  async function ask(path: string, query: Query, init?: RequestInit): Promise<Raw> {
    const response = await fetch(`${endpoint}/cgi-bin/${path}?${new URLSearchParams(query)}`, init)
    const text = await response.text()
    const type = response.headers.get('content-type') ?? ''
    return { status: response.status, type, text, body: JSON.parse(text) as WechatAnswer }
  }
  const post = (path: string, body: unknown, query: Query = {}, signal?: AbortSignal) =>
    ask(path, query, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...(signal && { signal }),
    })
  const credentials = { grant_type: 'client_credential', appid: appId, secret: appSecret }
  const stable = async (more: object = {}) => (await post('stable_token', { ...credentials, ...more })).body
  const accessToken = async (more: object = {}) => (await stable(more)).access_token ?? ''
  const letter = (more: object = {}) => ({
    touser: openids.following[0],
    template_id: seeded('设备告警通知').id,
    data: dataOf(alarmValues),
    ...more,
  })
  return {
    post,
    stable,
    accessToken,
    letter,
    get: (path: string, query: Query = {}) => ask(path, query),
    token: async (more: Query = {}) => (await ask('token', { ...credentials, ...more })).body,
    /** With a token that is good, unless another is given. */
    call: async (path: string, query: Query = {}) =>
      (await ask(path, { access_token: await accessToken(), ...query })).body,
    send: async (more: object = {}, signal?: AbortSignal) =>
      post('message/template/send', letter(more), { access_token: await accessToken() }, signal),
  }
}
