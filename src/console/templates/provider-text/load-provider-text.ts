/** Which template of an account an address is about, and the accounts that it can belong to. */
import 'server-only'
import { notFound } from 'next/navigation'
import type { ChannelId } from '#channels/traits.ts'
import type { AppName } from '#console/links.ts'
import { loadShell } from '#console/shell/load-shell.ts'
import { caller, prefetch, trpc } from '#console/trpc/server.tsx'
import type { Scenario } from '#domain/scenarios/scenarios.ts'
import { chosenApp, type SearchParams, type TemplateAddress } from '../template-address.ts'
import type { AccountName, ProviderTextProps } from './provider-text.tsx'

/** The account that the address names; without one that in force, else the oldest. One that is not there is no page. */
function chosenAccount(accounts: readonly AccountName[], { account: id }: SearchParams): AccountName | undefined {
  if (id) return accounts.find((account) => account.id === id) ?? notFound()
  return accounts.find(({ isInForce }) => isInForce) ?? accounts[0]
}

type Loaded = {
  scenario: Scenario
  app: AppName | null
  canAddAccount: boolean
  /** Null while the channel has no account. */
  page: ProviderTextProps | null
}

/**
 * Loads what the page starts with, so that it is in the first HTML. A scenario, App or account that cannot be is a page that
 * is not there.
 */
export async function loadProviderText(channel: ChannelId, { params, searchParams }: TemplateAddress): Promise<Loaded> {
  const shell = await loadShell()
  const { scenario: key } = await params
  const wanted = await searchParams
  const [scenarios, apps, listed, forms] = await Promise.all([
    caller().templates.scenarios(),
    caller().apps.names(),
    caller().accounts.list({ channel }),
    caller().accounts.forms({ channel }),
  ])
  const scenario = scenarios.find((candidate) => candidate.key === key)
  if (!scenario?.channels.includes(channel)) notFound()
  const app = chosenApp(apps, wanted)
  const accounts = listed.map(({ id, name, provider, isInForce }) => ({ id, name, provider, isInForce }))
  const account = chosenAccount(accounts, wanted)
  const texts = forms.find(({ provider }) => provider === account?.provider)?.texts
  const canAddAccount = shell.permissions.includes('accounts:write')
  if (!account || !texts) return { scenario, app, canAddAccount, page: null }
  const templateKey = { channel, scenario: key, appId: app?.id ?? null, locale: null, accountId: account.id }
  await Promise.all([
    prefetch(trpc.templates.get.queryOptions(templateKey)),
    prefetch(trpc.templates.sampleValues.queryOptions({ scenario: key })),
  ])
  return { scenario, app, canAddAccount, page: { templateKey, apps, app, shell, accounts, account, texts } }
}
