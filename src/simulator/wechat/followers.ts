/**
 * Who follows an official account, and what becomes of a message to them. The openids of one account begin alike, so
 * that somebody who left can be told from somebody who follows another account.
 */
import { createHash } from 'node:crypto'
import { type Faults, textOf } from '../faults.ts'
import type { OfficialAccount, OfficialAccounts } from './official-accounts.ts'

/** `refused` and `not_following` are turned away at once, `user_block` and `system_failed` are told by the event. */
export const followerStates = ['following', 'user_block', 'system_failed', 'refused', 'not_following'] as const
export type FollowerState = (typeof followerStates)[number]

const hash = (what: string, length: number): string =>
  createHash('sha256').update(what).digest('base64url').slice(0, length)

const prefixOf = (appId: string): string => `o${hash(`openids of ${appId}`, 5)}`
const openidOf = (appId: string, name: string): string => prefixOf(appId) + hash(`${name} of ${appId}`, 22)

export type SandboxOpenids = { following: string[] } & Record<Exclude<FollowerState, 'following'>, string>

/** The openids that an account begins with: some that every message reaches, and one for each other outcome. */
export function sandboxOpenids(appId: string): SandboxOpenids {
  return {
    following: ['first', 'second', 'third'].map((name) => openidOf(appId, `${name} follower`)),
    user_block: openidOf(appId, 'user_block'),
    system_failed: openidOf(appId, 'system_failed'),
    refused: openidOf(appId, 'refused'),
    not_following: openidOf(appId, 'not_following'),
  }
}

/** Of this shape, and of a follower of this account, or of one who was. */
export const isOpenidOf = (appId: string, openid: string): boolean =>
  /^o[\w-]{27}$/.test(openid) && openid.startsWith(prefixOf(appId))

function seeds(appId: string): Map<string, FollowerState> {
  const { following, ...special } = sandboxOpenids(appId)
  const states = new Map<string, FollowerState>(following.map((openid) => [openid, 'following']))
  for (const state of followerStates) if (state !== 'following') states.set(special[state], state)
  return states
}

export class Followers {
  readonly #faults: Faults
  readonly #accounts: OfficialAccounts

  constructor(faults: Faults, accounts: OfficialAccounts) {
    this.#faults = faults
    this.#accounts = accounts
  }

  /** Undefined for what is no openid of this account at all. */
  stateOf(account: OfficialAccount, openid: string): FollowerState | undefined {
    if (!isOpenidOf(account.appId, openid)) return undefined
    return this.#states(account).get(openid) ?? 'not_following'
  }

  /** Their openids, the ones who refuse messages too. */
  of(account: OfficialAccount): string[] {
    return [...this.#states(account)].filter(([, state]) => state !== 'not_following').map(([openid]) => openid)
  }

  /** The seeds with the states that were set by hand laid over them. */
  #states(account: OfficialAccount): Map<string, FollowerState> {
    const states = seeds(account.appId)
    for (const fault of this.#faults.inForce('official_account', 'follower_state')) {
      if (this.#accounts.named(textOf(fault, 'appId')) !== account) continue
      states.set(textOf(fault, 'openid') ?? '', textOf(fault, 'state') as FollowerState)
    }
    return states
  }
}
