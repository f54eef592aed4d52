/** Which template an address is about, and the accounts that it can name from. */
import 'server-only'
import { notFound } from 'next/navigation'
import { caller, prefetch, trpc } from '#console/trpc/server.tsx'
import type { Scenario } from '#domain/scenarios/scenarios.ts'
import { type AppName, chosenApp } from '../list/chosen-app.ts'
import type { About, AccountChannel, AccountName } from './about.ts'

type Loaded = { scenario: Scenario; app: AppName | null; about: About | null }

/** The account that the address names; without one that in force, else the oldest. One that is not there is no page. */
function chosenAccount(
  accounts: readonly AccountName[],
  asked: string | string[] | undefined,
): AccountName | undefined {
  if (asked) return accounts.find(({ id }) => id === asked) ?? notFound()
  return accounts.find(({ isInForce }) => isInForce) ?? accounts[0]
}

/**
 * Loads what the page starts with, so that it is in the first HTML. A scenario, App or account that cannot be is a page that
 * is not there. `about` is null while the channel has no account.
 */
export async function loadAbout(
  channel: AccountChannel,
  key: string,
  asked: Record<string, string | string[] | undefined>,
): Promise<Loaded> {
  const [scenarios, apps, listed, forms] = await Promise.all([
    caller().templates.scenarios(),
    caller().apps.names(),
    caller().accounts.list({ channel }),
    caller().accounts.forms({ channel }),
  ])
  const scenario = scenarios.find((candidate) => candidate.key === key)
  if (!scenario?.channels.includes(channel)) notFound()
  const app = chosenApp(apps, asked.app)
  const accounts = listed.map(({ id, name, provider, isInForce }) => ({ id, name, provider, isInForce }))
  const account = chosenAccount(accounts, asked.account)
  const texts = forms.find(({ provider }) => provider === account?.provider)?.texts
  if (!account || !texts) return { scenario, app, about: null }
  const templateKey = { channel, scenario: key, appId: app?.id ?? null, accountId: account.id }
  await Promise.all([
    prefetch(trpc.templates.get.queryOptions(templateKey)),
    prefetch(trpc.templates.sampleValues.queryOptions({ scenario: key })),
  ])
  return { scenario, app, about: { templateKey, apps, app, accounts, account, texts } }
}
