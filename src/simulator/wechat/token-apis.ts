/** `token` and `stable_token`: who asks, with what, from where, and the token that they get. */
import { type Fault, type Faults, textOf, wholeOf } from '../faults.ts'
import type { Request } from '../http.ts'
import type { Api, Call } from './gateway.ts'
import { optionalText, readJsonBody } from './json-body.ts'
import type { OfficialAccount, OfficialAccounts } from './official-accounts.ts'
import type { Quotas } from './quotas.ts'
import { refusal } from './refusals.ts'
import { type Lifetime, type Token, type Tokens, usualLifetime } from './tokens.ts'

type TokenParts = { accounts: OfficialAccounts; faults: Faults; quotas: Quotas; tokens: Tokens }

const answerOf = ({ value, expiresAt }: Token, at: number): string =>
  JSON.stringify({ access_token: value, expires_in: Math.floor((expiresAt - at) / 1000) })

/** Both spellings of the caller are told, as the real service does. */
function notAllowed(caller: string) {
  const isSix = caller.includes(':')
  return refusal(40164, `invalid ip ${caller} ipv6 ${isSix ? caller : `::ffff:${caller}`}, not in whitelist`)
}

class Issuing {
  readonly #parts: TokenParts

  constructor(parts: TokenParts) {
    this.#parts = parts
  }

  byQuery({ request, at }: Call): string {
    const account = this.#identify((name) => request.url.searchParams.get(name) ?? '', request)
    this.#parts.quotas.count(account, 'token', at)
    return answerOf(this.#parts.tokens.replace(account.appId, at, this.#lifetimeOf(account)), at)
  }

  byBody({ request, at }: Call): string {
    const { quotas, tokens } = this.#parts
    const body = readJsonBody(request.body)
    const account = this.#identify((name) => optionalText(body, name), request)
    quotas.count(account, 'stable_token', at)
    const lifetime = this.#lifetimeOf(account)
    const isForced = body.force_refresh === true
    const token = isForced ? tokens.force(account.appId, at, lifetime) : tokens.repeat(account.appId, at, lifetime)
    return answerOf(token, at)
  }

  /** @param given reads a parameter of the call; empty when it is not there */
  #identify(given: (name: string) => string, request: Request): OfficialAccount {
    const [grantType, appId, secret] = [given('grant_type'), given('appid'), given('secret')]
    if (grantType !== 'client_credential') throw refusal(40002)
    if (!appId) throw refusal(41002)
    if (!secret) throw refusal(41004)
    const account = this.#parts.accounts.find(appId)
    if (!account) throw refusal(40013)
    if (secret !== account.appSecret) throw refusal(40125)
    if (account.isSecretFrozen) throw refusal(40243)
    this.#checkCaller(account, request)
    return account
  }

  #checkCaller(account: OfficialAccount, { caller }: Request): void {
    const list = this.#inForce('ip_allow_list', account)
    if (!list) return
    const address = textOf(list, 'caller') ?? caller.replace(/^::ffff:/, '')
    const allowed = (textOf(list, 'allowed') ?? '').split(',').map((one) => one.trim())
    if (!allowed.includes(address)) throw notAllowed(address)
  }

  #lifetimeOf(account: OfficialAccount): Lifetime {
    const set = this.#inForce('token_lifetime', account)
    const seconds = set && wholeOf(set, 'seconds')
    if (!seconds) return usualLifetime
    const token = seconds * 1000
    // The handover shrinks with the lifetime, lest a short one be over before it began.
    const usual = (token * usualLifetime.handover) / usualLifetime.token
    const handover = wholeOf(set, 'handover')
    return { token, handover: handover === undefined ? usual : handover * 1000 }
  }

  #inForce(kind: string, account: OfficialAccount): Fault | undefined {
    const { accounts, faults } = this.#parts
    return faults.inForce('official_account', kind).find((fault) => accounts.named(textOf(fault, 'appId')) === account)
  }
}

export function tokenApis(parts: TokenParts): Api[] {
  const issuing = new Issuing(parts)
  return [
    { name: 'token', method: 'GET', takesToken: false, answer: (call) => issuing.byQuery(call) },
    { name: 'stable_token', method: 'POST', takesToken: false, answer: (call) => issuing.byBody(call) },
  ]
}
