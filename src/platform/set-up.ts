/**
 * Setting Signet up: the first owner is made once, by whoever has the secret of the link that a start prints. The secret is
 * derived from the master key: every process knows the same one, and nothing of it is stored.
 */
import { createHash, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Db } from '#db/database.ts'
import { lockUntilCommit } from '#db/statements/server.ts'
import { count } from '#domain/base/limits.ts'
import { networkOf } from '#domain/base/networks.ts'
import { createOrganization, hasPeople } from '#domain/people/members.ts'
import type { SignIn } from './sign-in.ts'

type FirstOwner = { organization: string; name: string; email: string; password: string }

export type SetUp = {
  /** Whether nobody has signed up yet. Once somebody has, this process answers from memory. */
  needsSetUp: () => Promise<boolean>
  /** Where the first owner signs up; as good as the secret within it. */
  setUpLink: string
  /** Whether this is the secret of the link. @throws DomainError `rate_limited` after ten tries from a network in a quarter of an hour */
  isSetUpSecret: (candidate: string, clientIp: string) => Promise<boolean>
  /** Creates the first owner and their organization; false when somebody was there first. */
  setUp: (input: FirstOwner) => Promise<boolean>
}

/** Held while the first owner is created, so that two first visits make one. */
const setUpLock = 5_216_348
const tries = { most: 10, seconds: 900 }

const digestOf = (text: string) => createHash('sha256').update(text).digest()

/** @param masterKey base64; the secret is derived from it (RFC 5869) */
export function openSetUp({
  db,
  now,
  signIn,
  ...options
}: {
  db: Db
  now: () => Date
  signIn: SignIn
  url: string
  masterKey: string
}): SetUp {
  const secret = Buffer.from(
    hkdfSync('sha256', Buffer.from(options.masterKey, 'base64'), '', 'signet set-up', 18),
  ).toString('base64url')
  let isDone = false
  let asking: Promise<boolean> | undefined
  const needsSetUp = async () => {
    if (isDone) return false
    asking ??= hasPeople(db).finally(() => {
      asking = undefined
    })
    if (await asking) isDone = true
    return !isDone
  }
  return {
    needsSetUp,
    setUpLink: `${options.url}/set-up?secret=${secret}`,
    async isSetUpSecret(candidate, clientIp) {
      await count({ db, now }, `set-up:${networkOf(clientIp)}`, tries)
      return timingSafeEqual(digestOf(candidate), digestOf(secret))
    },
    async setUp(input) {
      if (!(await needsSetUp())) return false
      return db.transaction(async (tx) => {
        await lockUntilCommit(tx, { key: setUpLock })
        if (await hasPeople(tx)) return false
        const ownerId = await signIn.addPerson(input, tx)
        if (!ownerId) return false
        await createOrganization({ db: tx, now }, input.organization, ownerId)
        return true
      })
    },
  }
}
