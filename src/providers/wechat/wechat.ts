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
import type { VendorCause } from '#channels/vendor-codes.ts'
import { answerOr, type StageFailure, timed } from '../asking.ts'
import { type Fields, listOf, textOf } from '../reading.ts'
import { type ApiOptions, messageIdOf, type WechatApi, type WechatKey, wechatApi } from './api.ts'
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

/** By cause, the field that has to be corrected. */
const fieldAtFault: Partial<Record<VendorCause, keyof WechatConfig>> = {
  wechat_app_id: 'appId',
  wechat_app_secret: 'appSecret',
}

const withField = (failure: StageFailure | undefined): StageFailure | undefined => {
  const field = failure?.cause && fieldAtFault[failure.cause]
  return field ? { ...failure, field } : failure
}

/** What the store of tokens throws stays as it is. @throws LookupError */
const lookup = <T>(key: WechatKey, call: Promise<T>): Promise<T> =>
  answerOr(call, (failure) => (failure instanceof WechatError ? lookupErrorFrom(failure, secretsOf(key)) : failure))

/** The token is WeChat's word of now, and not the one that is kept: that may have been had before the secret was changed. */
async function* check(api: WechatApi, config: WechatConfig, signal?: AbortSignal): AsyncGenerator<StageResult> {
  const token = await timed(() => lookup(config, api.fetchToken(config, signal)))
  yield { stage: 'token', ok: !token.failure, ms: token.ms, ...withField(token.failure) }
  if (token.failure) return
  const list = await timed(() => lookup(config, api.callWith(token.value.token, { path: listing }, signal)))
  yield { stage: 'templates', ok: !list.failure, ms: list.ms, ...withField(list.failure) }
}

/** Everything that WeChat lists is there to be used: it reviews no templates. */
function templateFrom(item: Fields): ProviderTemplate {
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

/** WeChat's id of what it took. @throws WechatError for what is neither taken nor refused, which something on the way may have answered */
function takenFrom({ errcode, msgid }: Fields): string {
  if (textOf(errcode) !== '0') throw new WechatError({ code: 'EANSWER', reach: 'unanswered', at: 'call' })
  return messageIdOf(msgid)
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
  const secrets = [...secretsOf(config), to, ...Object.values(data)]
  const taken = await answerOr(api.call(config, { path: sending, body }, options.signal).then(takenFrom), (failure) =>
    failure instanceof WechatError ? sendErrorFrom(failure, secrets) : failure,
  )
  return { providerMessageId: taken || id }
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
      const answer = await lookup(config, api.call(config, { path: listing }, signal))
      return listOf(answer.template_list).map(templateFrom)
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
