/**
 * The way to every request: faults first, then who calls, then the request itself. Promises that a fault strikes the request
 * that sends unless it names another, and that a refusal has Twilio's form.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type Fault, textOf, type VendorFaults, wholeOf } from '../faults.ts'
import { json, type Reply, type Request, type Route } from '../http.ts'
import type { TwilioAccount } from './account.ts'
import type { apis } from './fault-rules.ts'
import { Refusal, refusal, refusalReply } from './refusals.ts'

/** `isKey`: an API key calls, not the Auth Token. */
export type Call = { form: URLSearchParams; query: URLSearchParams; parameters: string[]; isKey: boolean }
export type Api = {
  name: (typeof apis)[number]
  method: 'GET' | 'POST'
  path: RegExp
  /** Throws a `Refusal`. */
  answer(call: Call): object
}

const errorPage = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n'

const digest = (text: string) => createHash('sha256').update(text).digest()
const isAlike = (one: string, other: string) => timingSafeEqual(digest(one), digest(other))

export class Gateway {
  readonly #account: TwilioAccount
  readonly #faults: VendorFaults

  constructor(account: TwilioAccount, faults: VendorFaults) {
    this.#account = account
    this.#faults = faults
  }

  routes(given: readonly Api[]): Route[] {
    return given.map((api) => ({ ...api, answer: (request: Request) => this.#handle(api, request) }))
  }

  async #handle(api: Api, request: Request): Promise<Reply> {
    const form = new URLSearchParams(request.body)
    const strike = this.#striker(api, form.get('To'))
    if (strike('reset')) return 'reset'
    if (strike('html_502')) return { status: 502, type: 'text/html', body: errorPage }
    const reply = this.#answer(api, request, form, strike)
    const delay = strike('delay')
    if (delay) await wait(wholeOf(delay, 'ms'))
    return strike('reset_after_send') ? 'reset' : reply
  }

  #striker(api: Api, to: string | null): (kind: string) => Fault | undefined {
    const isHere = (fault: Fault) => {
      const named = textOf(fault, 'api')
      return named === undefined ? api.name === 'create' : named === '*' || named === api.name
    }
    return (kind) => this.#faults.take('sms', kind, to ? [to] : [], isHere)
  }

  #answer(api: Api, request: Request, form: URLSearchParams, strike: (kind: string) => Fault | undefined) {
    try {
      const isKey = this.#authenticate(request)
      if (strike('unauthorized')) throw refusal(20003)
      if (strike('throttle')) throw refusal(20429)
      const rejected = strike('reject')
      if (rejected) throw refusal(wholeOf(rejected, 'code') ?? 20404, textOf(rejected, 'message'))
      if (strike('system_error')) throw refusal(20500)
      const { parameters } = request
      const answer = api.answer({ form, query: request.url.searchParams, parameters, isKey })
      return json(api.method === 'POST' ? 201 : 200, answer)
    } catch (error) {
      if (error instanceof Refusal) return refusalReply(error)
      throw error
    }
  }

  /** By HTTP Basic, as the account with its Auth Token or as the key with its secret. */
  #authenticate({ headers, parameters: [named] }: Request): boolean {
    const { accountSid, authToken, apiKeySid, apiKeySecret } = this.#account
    const [, written = ''] = /^Basic ([A-Za-z0-9+/=]+)$/.exec(headers.authorization ?? '') ?? []
    const given = Buffer.from(written, 'base64').toString()
    const isKey = isAlike(given, `${apiKeySid}:${apiKeySecret}`)
    if (!isKey && !isAlike(given, `${accountSid}:${authToken}`)) throw refusal(20003)
    if (named?.startsWith('AC') && named !== accountSid) throw refusal(20404)
    return isKey
  }
}
