/**
 * The provider `wechat`: cards of a WeChat official account to its followers. Promises that a card whose answer was lost may be
 * sent again without coming twice, that the templates are WeChat's own word of this moment, and that no error holds a secret,
 * an openid or a value.
 */
import { z } from 'zod'
import type { ProviderTemplate } from '#channels/answers.ts'
import type { Provider, SendOptions, StageResult } from '#channels/contract.ts'
import { field } from '#channels/fields.ts'
import type { CardMessage } from '#channels/official-account/card.ts'
import { appIdForm } from '#channels/official-account/content.ts'
import { fieldsOf } from '#channels/official-account/fields.ts'
import type { ContentCode } from '#channels/problems.ts'
import { ruleChannel } from '#channels/traits.ts'
import { type Answer, type ApiOptions, messageIdOf, textOf, type WechatApi, type WechatKey, wechatApi } from './api.ts'
import { callbackKeys, challengeAnswer, nonceOf, receiptAnswer, receiptsFrom } from './callback.ts'
import { explained, lookupErrorFrom, sendErrorFrom, WechatError } from './errors.ts'

const orNothing = (form: RegExp) => (text: string) => text === '' || form.test(text)

export const WechatConfig = z.object({
  appId: field(
    z
      .string()
      .trim()
      .min(1)
      .refine(orNothing(appIdForm), { error: 'invalid_app_id' satisfies ContentCode }),
    {
      label: 'appId',
      destination: true,
    },
  ),
  appSecret: field(
    z
      .string()
      .trim()
      .min(1)
      .refine(orNothing(/^[A-Za-z0-9]{32}$/), { error: 'invalid_app_secret' satisfies ContentCode }),
    { label: 'appSecret', secret: true },
  ),
})
export type WechatConfig = z.infer<typeof WechatConfig>

const sending = '/cgi-bin/message/template/send'
const listing = '/cgi-bin/template/get_all_private_template'

/** WeChat tells repeats for ten minutes; one is for what an attempt takes to get there. */
const repeatableFor = 9 * 60

/** WeChat takes 32 characters: an id without its hyphens. */
const clientMessageId = (reference: string): string => reference.replaceAll('-', '').slice(-32)

const secretsOf = ({ appSecret }: WechatKey): string[] => [appSecret]

type Failure = Required<Pick<StageResult, 'cause' | 'code'>> &
  Pick<StageResult, 'passing' | 'field' | 'detail' | 'requestId'>
type Asked<T> = { ms: number; value: T } | { ms: number; failure: Failure }

/** By cause, the field that has to be corrected. */
const fieldAtFault: Record<string, keyof WechatConfig> = { wechat_app_id: 'appId', wechat_app_secret: 'appSecret' }

/** Asks, and says how it went and how long it took. */
async function timed<T>(key: WechatKey, ask: () => Promise<T>): Promise<Asked<T>> {
  const start = performance.now()
  const elapsed = () => Math.round(performance.now() - start)
  try {
    return { value: await ask(), ms: elapsed() }
  } catch (error) {
    if (!(error instanceof WechatError)) throw error
    const { reason, kind, code, detail, requestId } = lookupErrorFrom(error, secretsOf(key))
    const field = fieldAtFault[reason]
    const of = {
      ...(kind === 'retry' || kind === 'later' ? { passing: true as const } : {}),
      ...(field ? { field } : {}),
    }
    const more = { ...(detail ? { detail } : {}), ...(requestId ? { requestId } : {}) }
    return { ms: elapsed(), failure: { cause: reason, code, ...of, ...more } }
  }
}

/** The token is WeChat's word of now, and not the one that is kept: that may have been had before the secret was changed. */
async function* check(api: WechatApi, config: WechatConfig, signal?: AbortSignal): AsyncGenerator<StageResult> {
  const token = await timed(config, () => api.fetchToken(config, signal))
  yield 'failure' in token
    ? { stage: 'token', ok: false, ms: token.ms, ...token.failure }
    : { stage: 'token', ok: true, ms: token.ms }
  if ('failure' in token) return
  const list = await timed(config, () => api.callWith(token.value.token, { path: listing }, signal))
  yield 'failure' in list
    ? { stage: 'templates', ok: false, ms: list.ms, ...list.failure }
    : { stage: 'templates', ok: true, ms: list.ms }
}

const listOf = (value: unknown): Answer[] =>
  Array.isArray(value) ? value.filter((item): item is Answer => typeof item === 'object' && item !== null) : []

/** Everything that WeChat lists is there to be used: it reviews no templates. */
function templateFrom(item: Answer): ProviderTemplate {
  const text = textOf(item.content)
  const example = textOf(item.example)
  return {
    code: textOf(item.template_id),
    name: textOf(item.title),
    text,
    state: 'approved',
    reason: '',
    type: 'notice',
    variables: fieldsOf(text).map(({ key, type, label }) => ({ name: key, rule: type, label })),
    ...(example ? { example } : {}),
  }
}

async function send(api: WechatApi, config: WechatConfig, to: string, message: CardMessage, options: SendOptions) {
  const { templateId, data, url, miniprogram } = message
  const id = clientMessageId(options.reference)
  const body = {
    touser: to,
    template_id: templateId,
    ...(url ? { url } : {}),
    ...(miniprogram ? { miniprogram } : {}),
    client_msg_id: id,
    data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, { value }])),
  }
  try {
    const answer = await api.call(config, { path: sending, body }, options.signal)
    // What is neither taken nor refused may be the answer of something else on the way.
    if (textOf(answer.errcode) !== '0') throw new WechatError({ code: 'EANSWER', reach: 'unanswered', at: 'call' })
    return { providerMessageId: messageIdOf(answer.msgid) || id }
  } catch (error) {
    if (!(error instanceof WechatError)) throw error
    throw sendErrorFrom(error, [...secretsOf(config), to, ...Object.values(data)])
  }
}

/** The provider, with connections of its own. */
export function wechat(options: ApiOptions): Provider<WechatConfig, CardMessage> {
  const api = wechatApi(options)
  return {
    id: 'wechat',
    channel: ruleChannel,
    config: WechatConfig,
    identity: ({ appId }) => appId,
    check: (config, { signal }) => check(api, config, signal),
    send: (config, to, message, sent) => send(api, config, to, message, sent),
    repeatable: true,
    repeatableFor,
    async templates(config, { signal } = {}) {
      try {
        return listOf((await api.call(config, { path: listing }, signal)).template_list).map(templateFrom)
      } catch (error) {
        if (!(error instanceof WechatError)) throw error
        throw lookupErrorFrom(error, secretsOf(config))
      }
    },
    explain: explained,
    receiptsByTheirId: true,
    readReceipts: (push) => receiptsFrom(push, new Date()),
    answerChallenge: (push) => challengeAnswer(push, new Date()),
    nonceOf,
    receiptAnswer,
    callbackKeys,
    encryptsPushes: true,
    close: async () => api.close(),
  }
}
