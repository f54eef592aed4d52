/** What a push rule joins: the Apps, the events and the official accounts that there are. */
import 'server-only'
import { ruleChannel } from '#channels/traits.ts'
import { caller } from '../trpc/server.tsx'

export type Choices = Awaited<ReturnType<typeof loadChoices>>

export async function loadChoices() {
  const [apps, scenarios, accounts] = await Promise.all([
    caller().apps.names(),
    caller().templates.scenarios(),
    caller().officialAccounts.list(),
  ])
  return {
    apps,
    events: scenarios.filter(({ channels }) => channels.includes(ruleChannel)),
    accounts: accounts.map(({ id, name, state }) => ({ id, name, isFailing: state === 'failing' })),
  }
}
