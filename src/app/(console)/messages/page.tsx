/** The delivery log: filters in the URL, fifty messages a page, newest first. */
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { logAddress, type SearchParams } from '#console/messages/filters.ts'
import { loadLog } from '#console/messages/load-log.ts'
import { MessageFilters } from '#console/messages/message-filters.tsx'
import { MessageTable } from '#console/messages/message-table.tsx'
import { NoMessages } from '#console/messages/no-messages.tsx'
import { scenarioNames } from '#console/scenario-name.ts'
import { Follow } from '#console/shell/follow.tsx'
import { PageHead } from '#console/ui/page-head.tsx'
import { Pager } from '#console/ui/pager.tsx'

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
