/** How often each API was called, and how often it may be: by day in China and by minute. */
import { type Fault, type Faults, textOf, wholeOf } from '../faults.ts'
import { chinaDay } from './china-day.ts'
import type { OfficialAccount, OfficialAccounts } from './official-accounts.ts'
import { refusal } from './refusals.ts'

/** The paths after `/cgi-bin/`. */
export const apiNames = [
  'token',
  'stable_token',
  'template/get_all_private_template',
  'message/template/send',
  'user/info',
  'user/get',
] as const
export type ApiName = (typeof apiNames)[number]

type Limits = { day?: number; minute?: number }

const usualLimits: Record<ApiName, Limits> = {
  token: { day: 2_000 },
  stable_token: { day: 500_000, minute: 10_000 },
  'template/get_all_private_template': {},
  'message/template/send': { day: 100_000 },
  'user/info': { day: 5_000_000 },
  'user/get': { day: 500 },
}

const minute = 60_000

type Counted = { day: number; inDay: number; minute: number; inMinute: number }

export class Quotas {
  readonly #faults: Faults
  readonly #accounts: OfficialAccounts
  readonly #arrived = new Map<ApiName, number>()
  readonly #counted = new Map<string, Counted>()

  constructor(faults: Faults, accounts: OfficialAccounts) {
    this.#faults = faults
    this.#accounts = accounts
  }

  /** Every call, refused ones too, since the start of this process. */
  get arrived(): Record<ApiName, number> {
    return Object.fromEntries(apiNames.map((name) => [name, this.#arrived.get(name) ?? 0])) as Record<ApiName, number>
  }

  note(api: ApiName): void {
    this.#arrived.set(api, (this.#arrived.get(api) ?? 0) + 1)
  }

  /** @throws Refusal when this call of the account is one too many */
  count(account: OfficialAccount, api: ApiName, at: number): void {
    const key = `${account.appId} ${api}`
    const now = { day: chinaDay(at), minute: Math.floor(at / minute) }
    const before = this.#counted.get(key)
    const inDay = before?.day === now.day ? before.inDay + 1 : 1
    const inMinute = before?.minute === now.minute ? before.inMinute + 1 : 1
    this.#counted.set(key, { ...now, inDay, inMinute })
    const limits = this.#limitsOf(account, api)
    if (inDay > (limits.day ?? Number.POSITIVE_INFINITY)) throw refusal(45009)
    if (inMinute > (limits.minute ?? Number.POSITIVE_INFINITY)) throw refusal(45011)
  }

  #limitsOf(account: OfficialAccount, api: ApiName): Limits {
    const isMeant = (fault: Fault) =>
      textOf(fault, 'api') === api && this.#accounts.named(textOf(fault, 'appId')) === account
    const set = this.#faults.inForce('official_account', 'quota').find(isMeant)
    if (!set) return usualLimits[api]
    const [perDay, perMinute] = [wholeOf(set, 'day'), wholeOf(set, 'minute')]
    return {
      ...usualLimits[api],
      ...(perDay !== undefined && { day: perDay }),
      ...(perMinute !== undefined && { minute: perMinute }),
    }
  }
}
