/** The delivery log: filters in the URL, fifty messages a page, newest first. */
import type { Metadata } from 'next'
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import { caller } from '../../trpc/server.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Pager } from '../../ui/pager.tsx'
import { loadShell } from '../load-shell.ts'
import { scenarioNames } from '../scenario-name.ts'
import { logAddress, readFilters, type SearchParams } from './filters.ts'
import { MessageFilters } from './message-filters.tsx'
import { MessageTable } from './message-table.tsx'
import { NoMessages } from './no-messages.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Messages'))('title') }
}

export default async function MessagesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const shell = await loadShell()
  const [params, zone, locale, apps, scenarios] = await Promise.all([
    searchParams,
    getTimeZone(),
    getLocale(),
    caller().apps.names(),
    caller().templates.scenarios(),
  ])
  const filters = readFilters(params, { zone, apps, scenarios })
  const [found, t] = await Promise.all([caller().messages.list(filters.input), getTranslations('Messages')])
  const nameOf = scenarioNames(scenarios, locale)
  return (
    <>
      <PageHead title={<span id="messages">{t('title')}</span>} purpose={t('purpose')} />
      <MessageFilters filters={filters} apps={apps} scenarios={scenarios} zone={zone} />
      {found.rows.length > 0 ? (
        <MessageTable rows={found.rows} nameOf={nameOf} />
      ) : (
        <NoMessages filters={filters} url={shell.url} />
      )}
      <Pager
        newer={found.newer && logAddress(filters.shown, found.newer)}
        older={found.older && logAddress(filters.shown, found.older)}
      />
    </>
  )
}
