/**
 * The gateway before a product: who calls, is it signed, is it fresh, may they, is it complete. Promises the checks in
 * one fixed order, and that a fault strikes an action that sends unless it names another.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { type Fault, type Faults, textOf, wholeOf } from '../faults.ts'
import { json, type Reply, type Request } from '../http.ts'
import type { Key, Keys } from './keys.ts'
import { Nonces } from './nonces.ts'
import { type Parameters, readParameters } from './parameters.ts'
import { answerReply, missing, newRequestId, Refusal, refusal, refusalReply } from './refusals.ts'
import { isSignedWith, stringToSign } from './signature.ts'

export type Call = { parameters: Parameters; key: Key; at: number }

export type Action = {
  needs: readonly string[]
  postOnly?: true
  /** The numbers it would reach, in any spelling; only of actions that send. */
  recipients?(parameters: Parameters): string[]
  /** What the answer says beside OK. Throws a `Refusal` for a business rule. */
  answer(call: Call): Record<string, unknown>
}

export type Product = {
  channel: 'sms' | 'voice'
  name: 'Dysmsapi' | 'Dyvmsapi'
  host: string
  actions: Readonly<Record<string, Action>>
}

const version = '2017-05-25'
const timePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/
const signatureWindow = 15 * 60_000

const errorPage = `<html>\r
<head><title>502 Bad Gateway</title></head>\r
<body>\r
<center><h1>502 Bad Gateway</h1></center>\r
<hr><center>nginx</center>\r
</body>\r
</html>\r
`

type Strike = (kind: string) => Fault | undefined

export class Gateway {
  readonly #keys: Keys
  readonly #faults: Faults
  readonly #nonces = new Nonces(signatureWindow)

  constructor(keys: Keys, faults: Faults) {
    this.#keys = keys
    this.#faults = faults
  }

  async handle(product: Product, request: Request): Promise<Reply> {
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false
    const parameters = readParameters(request.url.search, isForm ? request.body : '')
    if (!parameters) return refusalReply(refusal('InvalidParameter.Format'), product)
    const strike = this.#striker(product, parameters)
    if (strike('reset')) return 'reset'
    if (strike('html_502')) return { status: 502, type: 'text/html', body: errorPage }
    if (strike('json_503_without_code')) return json(503, { message: 'upstream connect error', status: 503 })
    const reply = this.#answer(product, request.method, parameters, strike)
    const delay = strike('delay')
    if (delay) await wait(wholeOf(delay, 'ms'))
    return strike('reset_after_send') ? 'reset' : reply
  }

  #striker({ channel, actions }: Product, parameters: Parameters): Strike {
    const name = parameters.get('Action') ?? ''
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined
    const isHere = (fault: Fault) => {
      const named = textOf(fault, 'action')
      return named === undefined ? action?.recipients !== undefined : named === '*' || named === name
    }
    const recipients = action?.recipients?.(parameters)
    return (kind) => this.#faults.take(channel, kind, recipients, isHere)
  }

  #answer(product: Product, method: string, parameters: Parameters, strike: Strike): Exclude<Reply, 'reset'> {
    try {
      const at = Date.now()
      const action = findAction(product, parameters)
      const key = this.#authenticate(product, method, parameters, at)
      const throttled = strike('throttle')
      if (throttled) throw refusal(textOf(throttled, 'code') ?? 'Throttling.User')
      this.#authorize(key, parameters.get('Action') ?? '', action, strike)
      const absent = action.needs.find((name) => !parameters.get(name))
      if (absent) throw missing(absent)
      if (action.postOnly && method !== 'POST') throw refusal('UnsupportedHTTPMethod')
      const rejected = strike('reject')
      if (rejected) throw refusal(textOf(rejected, 'code') ?? '', textOf(rejected, 'message'))
      if (strike('system_error')) throw refusal('isp.SYSTEM_ERROR')
      const answer = action.answer({ parameters, key, at })
      return answerReply({ Message: 'OK', RequestId: newRequestId(), Code: 'OK', ...answer })
    } catch (error) {
      if (error instanceof Refusal) return refusalReply(error, product)
      throw error
    }
  }

  #authenticate({ channel }: Product, method: string, parameters: Parameters, at: number): Key {
    const id = parameters.get('AccessKeyId')
    if (!id) throw missing('AccessKeyId')
    const key = this.#keys.find(id)
    if (!key) throw refusal('InvalidAccessKeyId.NotFound')
    const isDisabled = (fault: Fault) => [undefined, id].includes(textOf(fault, 'accessKeyId'))
    if (!key.enabled || this.#faults.take(channel, 'key_disabled', [], isDisabled)) {
      throw refusal('InvalidAccessKeyId.Inactive')
    }
    checkForm(parameters, at)
    const text = stringToSign(method, parameters)
    if (!isSignedWith(text, key.secret, parameters.get('Signature') ?? '')) throw mismatch(text)
    if (!this.#nonces.add(`${id} ${parameters.get('SignatureNonce')}`, at)) throw refusal('SignatureNonceUsed')
    return key
  }

  #authorize(key: Key, name: string, action: Action, strike: Strike): void {
    const forbidden = strike('key_forbidden')
    if (key.may(name) && !forbidden) return
    // The real service refuses a RAM user's sending as a business matter and everything else at the gateway.
    throw refusal(
      (forbidden && textOf(forbidden, 'code')) ?? (action.recipients ? 'isp.RAM_PERMISSION_DENY' : 'NoPermission'),
    )
  }
}

function findAction({ actions }: Product, parameters: Parameters): Action {
  const given = parameters.get('Version')
  if (!given) throw missing('Version')
  if (given !== version) throw refusal('InvalidVersion')
  const name = parameters.get('Action')
  if (!name) throw missing('Action')
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (!action) throw refusal('InvalidAction.NotFound')
  return action
}

/** The parts of the signature are there, understood and of now. */
function checkForm(parameters: Parameters, at: number): void {
  const needed = (name: string): string => {
    const value = parameters.get(name)
    if (!value) throw missing(name)
    return value
  }
  if (needed('SignatureMethod').toUpperCase() !== 'HMAC-SHA1') throw refusal('InvalidSignatureMethod')
  if (needed('SignatureVersion') !== '1.0') throw refusal('InvalidSignatureVersion')
  const timestamp = needed('Timestamp')
  const signedAt = timePattern.test(timestamp) ? Date.parse(timestamp) : Number.NaN
  if (Number.isNaN(signedAt)) throw refusal('InvalidTimeStamp.Format')
  if (Math.abs(at - signedAt) > signatureWindow) throw refusal('InvalidTimeStamp.Expired')
  needed('SignatureNonce')
  needed('Signature')
}

const mismatch = (text: string): Refusal =>
  refusal(
    'SignatureDoesNotMatch',
    `Specified signature is not matched with our calculation. server string to sign is:${text}`,
  )
