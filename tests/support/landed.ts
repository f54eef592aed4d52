/** Databases as landed versions left them, and an organization in one of them that goes on sending. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { eq } from 'drizzle-orm'
import { v1 } from '#api/v1/app.ts'
import { account } from '#db/schema/index.ts'
import { addKey, appNames } from '#domain/apps/apps.ts'
import { findMembership } from '#domain/people/members.ts'
import { compose } from '#platform/compose.ts'
import { readEnv } from '#platform/env.ts'
import type { Simulator } from './simulator.ts'

export const dumps = fileURLToPath(new URL('./landed/', import.meta.url))
export const dumpOf = (version: string): string => readFileSync(`${dumps}${version}.sql`, 'utf8')

const silent = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined }

/** Opens a migrated database with the simulator as its mail server; `accept` sends as its App does. */
export async function openLanded(settings: Record<string, string>, simulator: Simulator) {
  const parts = await compose(readEnv({ ...settings, NODE_ENV: 'production' }), silent, { name: 'landed' })
  const { host, starttls: port } = simulator.smtp
  const [smtp] = await parts.db.select().from(account).where(eq(account.provider, 'smtp'))
  await parts.db
    .update(account)
    .set({ config: { ...smtp?.config, host, port } })
    .where(eq(account.provider, 'smtp'))
  const person = await findMembership(parts.db, 'owner@example.com')
  if (!person) throw new Error('The dump has no owner.')
  const { userId: id, organizationId } = person
  const as = (role: 'owner' | 'author') =>
    parts.contextFor({ kind: 'user', id, name: 'Ann', email: 'owner@example.com', organizationId, role })
  const app = (await appNames(as('owner'))).find(({ key }) => key === 'shop')
  const about = { appId: app?.id ?? '', name: 'spec', channels: [], expiresInDays: null }
  const { key } = await addKey(as('owner'), { ...about, kind: 'live' })
  const accept = async (to: string): Promise<number> => {
    const answer = await v1(parts).request('/api/v1/messages', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'email', scenario: 'login', to, variables: { code: '123456' } }),
    })
    return answer.status
  }
  return { parts, as, accept }
}
