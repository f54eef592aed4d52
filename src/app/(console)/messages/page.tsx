/** The delivery log: filters in the URL, fifty messages a page, newest first. */
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { PageHead } from '../../ui/page-head.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Follow } from '../follow.tsx'
import { scenarioNames } from '../scenario-name.ts'
import { logAddress, type SearchParams } from './filters.ts'
import { loadLog } from './load-log.ts'
import { MessageFilters } from './message-filters.tsx'
import { MessageTable } from './message-table.tsx'
import { NoMessages } from './no-messages.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Messages'))('title') }
}

export default async function MessagesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [{ url, zone, apps, scenarios, filters, found }, locale, t] = await Promise.all([
    loadLog(searchParams),
    getLocale(),
    getTranslations('Messages'),
  ])
  const nameOf = scenarioNames(scenarios, locale)
  const at = (cursor: string | null) => cursor && logAddress(filters.shown, cursor)
  return (
    <>
      <PageHead title={<span id="messages">{t('title')}</span>} purpose={t('purpose')} />
      <MessageFilters filters={filters} apps={apps} scenarios={scenarios} zone={zone} />
      {found.rows.length > 0 ? (
        <MessageTable rows={found.rows} nameOf={nameOf} />
      ) : (
        <NoMessages filters={filters} url={url} />
      )}
      <Pager newer={at(found.newer)} older={at(found.older)} />
      <Follow />
    </>
  )
}
