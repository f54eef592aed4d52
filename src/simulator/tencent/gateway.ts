/**
 * The gateway: is the call known, who makes it, is it signed, is it fresh, may they. Promises the checks in one fixed order, and
 * that a fault strikes the action that sends unless it names another.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { type Fault, textOf, type VendorFaults, wholeOf } from '../faults.ts'
import type { Reply, Request } from '../http.ts'
import type { Key, Keys } from './access.ts'
import { answerReply, missing, Refusal, refusal, refusalReply } from './refusals.ts'
import { canonicalRequest, isSignedWith, signingKey, stringToSign } from './signature.ts'

export type Parameters = Readonly<Record<string, unknown>>
export type Call = { parameters: Parameters; key: Key; at: number }

export type Action = {
  needs: readonly string[]
  /** The numbers it would reach, in any spelling; only of actions that send. */
  recipients?(parameters: Parameters): string[]
  /** Throws a `Refusal` for a rule about the whole call. */
  answer(call: Call): object
}

const version = '2021-01-11'
const signatureWindow = 5 * 60_000
const authorization =
  /^TC3-HMAC-SHA256 Credential=([^/, ]{1,128})\/(\d{4}-\d\d-\d\d)\/(\w{1,40})\/tc3_request, ?SignedHeaders=([a-z0-9;-]{1,300}), ?Signature=([0-9a-f]{64})$/

const errorPage = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n'

export const textIn = (parameters: Parameters, name: string): string => {
  const value = parameters[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function parametersOf(body: string): Parameters | undefined {
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Parameters) : undefined
  } catch {
    return undefined
  }
}

type Strike = (kind: string) => Fault | undefined
type Parts = { keys: Keys; faults: VendorFaults; actions: Readonly<Record<string, Action>> }

export class Gateway {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async handle(request: Request): Promise<Reply> {
    const parameters = parametersOf(request.body)
    const strike = this.#striker(request, parameters ?? {})
    if (strike('reset')) return 'reset'
    if (strike('html_502')) return { status: 502, type: 'text/html', body: errorPage }
    const reply = this.#answer(request, parameters, strike)
    const delay = strike('delay')
    if (delay) await wait(wholeOf(delay, 'ms'))
    return strike('reset_after_send') ? 'reset' : reply
  }

  #actionOf({ headers }: Request): { name: string; action: Action | undefined } {
    const name = String(headers['x-tc-action'] ?? '')
    const { actions } = this.#parts
    return { name, action: Object.hasOwn(actions, name) ? actions[name] : undefined }
  }

  #striker(request: Request, parameters: Parameters): Strike {
    const { name, action } = this.#actionOf(request)
    const isHere = (fault: Fault) => {
      const named = textOf(fault, 'action')
      return named === undefined ? action?.recipients !== undefined : named === '*' || named === name
    }
    const recipients = action?.recipients?.(parameters)
    return (kind) => this.#parts.faults.take('sms', kind, recipients, isHere)
  }

  #answer(request: Request, parameters: Parameters | undefined, strike: Strike): Exclude<Reply, 'reset'> {
    try {
      const at = Date.now()
      const { name, action } = this.#actionOf(request)
      if (!action) throw refusal('InvalidAction')
      if (request.headers['x-tc-version'] !== version) throw refusal('NoSuchVersion')
      const key = this.#authenticate(request, at)
      if (strike('throttle')) throw refusal('RequestLimitExceeded')
      if (!key.may(name) || strike('key_forbidden')) throw refusal('AuthFailure.UnauthorizedOperation')
      if (!parameters) throw refusal('InvalidParameter', 'The body is not a JSON object.')
      const absent = action.needs.find((needed) => parameters[needed] === undefined)
      if (absent) throw missing(absent)
      if (strike('internal_error')) throw refusal('InternalError')
      return answerReply(action.answer({ parameters, key, at }))
    } catch (error) {
      if (error instanceof Refusal) return refusalReply(error)
      throw error
    }
  }

  /** The client may have signed the host with its port or without. */
  #authenticate({ method, url, headers, body }: Request, at: number): Key {
    const [, id = '', date = '', service = '', names = '', signature = ''] =
      authorization.exec(String(headers.authorization ?? '')) ?? []
    if (!id || !names.includes('content-type') || !names.includes('host')) {
      throw refusal('AuthFailure.InvalidAuthorization')
    }
    const key = this.#parts.keys.find(id)
    if (!key) throw refusal('AuthFailure.SecretIdNotFound')
    const timestamp = String(headers['x-tc-timestamp'] ?? '')
    const signedAt = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : 0
    if (Math.abs(at - signedAt) > signatureWindow) throw refusal('AuthFailure.SignatureExpire')
    const scope = `${date}/${service}/tc3_request`
    const secret = signingKey(this.#parts.keys.access.secretKey, scope)
    const withPort = headers.host ?? ''
    const isRight = [withPort, withPort.replace(/:\d+$/, '')].some((host) => {
      const signed = names
        .split(';')
        .map((name) => [name, name === 'host' ? host : String(headers[name] ?? '')] as const)
      const of = { method, path: url.pathname, query: url.search.slice(1), headers: signed, body }
      return isSignedWith(stringToSign(canonicalRequest(of), timestamp, scope), secret, signature)
    })
    const isOfDay = date === new Date(signedAt).toISOString().slice(0, 10)
    if (!isRight || !isOfDay) throw refusal('AuthFailure.SignatureFailure')
    return key
  }
}
