/** The page of the log: filters, what is new, a page of messages and the ways to others. */
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { scenarioNames } from '../scenario-name.ts'
import { Follow } from '../shell/follow.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Pager } from '../ui/pager.tsx'
import { Words } from '../ui/words.tsx'
import { type Filters, fileAddress, logAddress, pageSizes } from './filters.ts'
import type { loadLog } from './load-log.ts'
import { LogBar } from './log-bar.tsx'
import { MessageFilters } from './message-filters.tsx'
import { MessageTable } from './message-table.tsx'
import { NoMessages } from './no-messages.tsx'
import { isFinal } from './status.ts'

const usualPageSize = 50

export function MessageLog({ url, zone, apps, scenarios, filters, found }: Awaited<ReturnType<typeof loadLog>>) {
  const t = useTranslations('Messages')
  const locale = useLocale()
  const { shown } = filters
  const { cursor, size, oldestFirst = false, ...filter } = filters.input
  const { rows, newer, older } = found
  const at = (edge: string | null) => edge && logAddress(shown, edge)
  return (
    <>
      <PageHead title={<span id="messages">{t('title')}</span>} purpose={t('purpose')} />
      <MessageFilters filters={filters} apps={apps} scenarios={scenarios} zone={zone} />
      <Words of={['Log']}>
        <LogBar
          filter={filter}
          newest={rows[0]?.id}
          isLive={!cursor && !oldestFirst && !filter.to}
          isUnderWay={rows.some(({ status }) => !isFinal(status))}
          file={rows.length > 0 ? fileAddress(filter, locale, zone) : undefined}
        />
      </Words>
      {rows.length > 0 ? (
        <MessageTable
          rows={rows}
          nameOf={scenarioNames(scenarios, locale)}
          oldestFirst={oldestFirst}
          turned={logAddress({ ...shown, sort: oldestFirst ? undefined : 'oldest' })}
        />
      ) : (
        <NoMessages filters={filters} url={url} />
      )}
      <Pager newer={at(newer)} older={at(older)} oldestFirst={oldestFirst} />
      {rows.length > 0 && <PageSize shown={shown} current={size} />}
      <Follow />
    </>
  )
}

/** Plain links, which need no script. */
function PageSize({ shown, current = usualPageSize }: { shown: Filters['shown']; current: number | undefined }) {
  const t = useTranslations('Messages')
  return (
    <nav className="page-size" aria-label={t('pageSize')}>
      <span aria-hidden="true">{t('pageSize')}</span>
      {pageSizes.map((size) => (
        <Link
          key={size}
          className="quiet"
          href={logAddress({ ...shown, size: size === usualPageSize ? undefined : String(size) })}
          prefetch={false}
          scroll={false}
          aria-current={size === current || undefined}
        >
          {size}
        </Link>
      ))}
    </nav>
  )
}
