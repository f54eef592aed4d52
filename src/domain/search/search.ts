/**
 * What the console's palette finds by what was typed: a few of each kind, of the organization and of what the person may see.
 * Promises that no list is gone through that grows with use: messages are looked up by their id or whole recipient only.
 */
import { and, asc, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { Text, Trimmed } from '#channels/text.ts'
import { account, app } from '#db/schema/index.ts'
import { may, organizationOf } from '../base/access.ts'
import { contains } from '../base/contains.ts'
import type { Ctx } from '../base/ctx.ts'
import { listScenarios, type Scenario } from '../scenarios/scenarios.ts'
import { findMessages, type MessageRow } from '../sending/log/log.ts'

export const Search = z.object({
  text: Trimmed(320).min(1),
  /** What of the text may name a scenario; nothing stands for any. */
  scenario: Text(320),
})

export type SearchResult = {
  apps: { key: string; name: string }[]
  accounts: { id: string; name: string; channel: string; validated: boolean }[]
  scenarios: Pick<Scenario, 'key' | 'nameEn' | 'nameZh' | 'channels'>[]
  messages: MessageRow[]
}

const mostOfEach = 5

export async function search(ctx: Ctx, { text, scenario }: z.infer<typeof Search>): Promise<SearchResult> {
  const organizationId = organizationOf(ctx)
  const apps = () =>
    ctx.db
      .select({ key: app.key, name: app.name })
      .from(app)
      .where(and(eq(app.organizationId, organizationId), contains(text, app.name, app.key)))
      .orderBy(asc(app.name))
      .limit(mostOfEach)
  const accounts = () =>
    ctx.db
      .select({ id: account.id, name: account.name, channel: account.channel, validated: account.validated })
      .from(account)
      .where(and(eq(account.organizationId, organizationId), contains(text, account.name)))
      .orderBy(desc(account.validated), asc(account.name))
      .limit(mostOfEach)
  const [foundApps, foundAccounts, scenarios, messages] = await Promise.all([
    may(ctx, 'apps:read') ? apps() : [],
    may(ctx, 'accounts:read') ? accounts() : [],
    may(ctx, 'templates:read') ? listScenarios(ctx) : [],
    may(ctx, 'messages:read') ? findMessages(ctx, text, mostOfEach) : [],
  ])
  const wanted = scenario.trim().toLowerCase()
  return {
    apps: foundApps,
    accounts: foundAccounts,
    scenarios: scenarios
      .filter((one) => [one.key, one.nameEn, one.nameZh].some((name) => name.toLowerCase().includes(wanted)))
      .slice(0, mostOfEach)
      .map(({ key, nameEn, nameZh, channels }) => ({ key, nameEn, nameZh, channels })),
    messages,
  }
}
