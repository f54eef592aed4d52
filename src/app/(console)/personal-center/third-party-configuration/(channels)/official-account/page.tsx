/** The Official Account page: the accounts that cards go out from, and the push rules that say which. */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ruleChannel } from '#channels/traits.ts'
import { OfficialAccounts } from '#console/accounts/official/official-accounts.tsx'
import { officialAccountWords } from '#console/accounts/words.ts'
import { PushRules } from '#console/push-rules/list/push-rules.tsx'
import { readRuleFilters } from '#console/push-rules/list/rule-filters.ts'
import { accountRights, pushRuleRights } from '#console/rights.ts'
import { loadShell } from '#console/shell/load-shell.ts'
import { caller, HydrateClient, prefetch, trpc } from '#console/trpc/server.tsx'
import type { SearchParams } from '#console/ui/search-params.ts'
import { Words } from '#console/ui/words.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('Shell'))('channel_official_account'),
})

export default async function OfficialAccountPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { permissions, url } = await loadShell()
  const [apps, scenarios, accounts] = await Promise.all([
    caller().apps.names(),
    caller().templates.scenarios(),
    prefetch(trpc.officialAccounts.list.queryOptions()),
    prefetch(trpc.accounts.forms.queryOptions({ channel: ruleChannel })),
  ])
  const events = scenarios.filter(({ channels }) => channels.includes(ruleChannel))
  const filters = readRuleFilters(await searchParams, { apps, events, accounts })
  await prefetch(trpc.pushRules.list.queryOptions(filters.input))
  return (
    <HydrateClient>
      <Words of={officialAccountWords}>
        <OfficialAccounts rights={accountRights(permissions)} publicUrl={url} />
        <PushRules filters={filters} apps={apps} events={events} rights={pushRuleRights(permissions)} />
      </Words>
    </HydrateClient>
  )
}
