/** The stage with a web process's parts on it: the real ones, but for the catalog, which is the stage's. */
import { v7 } from 'uuid'
import { appRouter } from '#api/router.ts'
import { callerFactory } from '#api/trpc.ts'
import { type Role, session } from '#db/schema/index.ts'
import { compose, type Parts } from '#platform/compose.ts'
import { readEnv } from '#platform/env.ts'
import { setParts } from '#platform/parts.ts'
import type { SignedIn } from '#platform/sign-in.ts'
import { masterKey, type Org, test as onStage, type Stage } from './make.ts'

export { expect } from './make.ts'

const callerOf = callerFactory(appRouter)

export const origin = 'http://localhost:3000'

export type Who = SignedIn | null

/** A signed-in person of an organization, with a session that is really there. */
export async function signedIn(stage: Stage, org: Org, role: Role): Promise<SignedIn> {
  const { id, name, email } = org.person(role)
  const at = { createdAt: stage.clock.now(), updatedAt: stage.clock.now() }
  const sessionId = v7()
  const expiresAt = new Date(stage.clock.now().getTime() + 3_600_000)
  await stage.db.insert(session).values({ id: sessionId, userId: id, token: v7(), expiresAt, ...at })
  return { sessionId, user: { id, name, email, language: null }, organization: { id: org.id, name: org.name, role } }
}

/** What tRPC hands a procedure for a request of `who`. */
export const contextOf = (who: Who, requestId = 'request-17') => ({
  ...{ headers: new Headers(), clientIp: '', requestId },
  who,
})

/** Calls procedures as `who`, without HTTP. */
export const caller = (who: Who) => callerOf(contextOf(who))

export async function partsOn(stage: Stage, settings: Record<string, string> = {}): Promise<Parts> {
  const env = readEnv({
    NODE_ENV: 'production',
    DATABASE_URL: stage.url,
    SIGNET_MASTER_KEY: masterKey(7),
    SIGNET_URL: origin,
    ...settings,
  })
  const parts = await compose(env, { ...stage.lent.log } as Parts['log'], { name: 'spec-web' })
  return { ...parts, contextFor: (actor) => ({ ...parts.contextFor(actor), catalog: stage.lent.catalog }) }
}

export const test = onStage.extend<{ parts: Parts }>({
  parts: async ({ stage }, use) => {
    const parts = setParts(await partsOn(stage))
    await use(parts)
    await parts.close()
  },
})
