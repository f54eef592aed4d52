/**
 * The official accounts that there are: the one of the settings, and ones derived from it that are somebody else's or
 * end in a refusal. All of them have the same AppSecret, so that nobody has to be told more than one.
 */
import { createHash } from 'node:crypto'

export type OfficialAccountSettings = { appId: string; appSecret: string }

/** `second` has followers and templates of its own, `bare` no template yet, `unauthorized` no right to templates. */
export const roles = ['main', 'second', 'bare', 'unauthorized', 'frozen'] as const
export type Role = (typeof roles)[number]

export type OfficialAccount = {
  role: Role
  appId: string
  appSecret: string
  /** The name that events are addressed to. */
  originalId: string
  /** The one mini program that is linked to it. */
  miniProgram: string
  isSecretFrozen: boolean
  mayUseTemplates: boolean
}

/** Made up, and the same over restarts. */
const derived = (what: string, length: number): string =>
  createHash('sha256').update(what).digest('hex').slice(0, length)

export class OfficialAccounts {
  /** None without settings. */
  readonly main: OfficialAccount | undefined
  readonly #byAppId: ReadonlyMap<string, OfficialAccount>

  constructor(settings: OfficialAccountSettings | undefined) {
    const accounts = settings ? roles.map((role) => accountOf(role, settings)) : []
    this.main = accounts[0]
    this.#byAppId = new Map(accounts.map((account) => [account.appId, account]))
  }

  get all(): OfficialAccount[] {
    return [...this.#byAppId.values()]
  }

  find(appId: string): OfficialAccount | undefined {
    return this.#byAppId.get(appId)
  }

  /** The one that a fault names; the main one when it names none. */
  named(appId: string | undefined): OfficialAccount | undefined {
    return appId === undefined ? this.main : this.find(appId)
  }
}

function accountOf(role: Role, { appId: mainId, appSecret }: OfficialAccountSettings): OfficialAccount {
  const appId = role === 'main' ? mainId : `wx${derived(`${role} of ${mainId}`, 16)}`
  return {
    role,
    appId,
    appSecret,
    originalId: `gh_${derived(`original id of ${appId}`, 12)}`,
    miniProgram: `wx${derived(`mini program of ${appId}`, 16)}`,
    isSecretFrozen: role === 'frozen',
    mayUseTemplates: role !== 'unauthorized',
  }
}
