/** Apps as a plain table; each leads to its own page. */
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import type { AppView } from '#domain/apps/apps.ts'
import { DataTable } from '../ui/data-table.tsx'
import { FilterBar } from '../ui/filter-bar.tsx'
import { FilterText } from '../ui/filter-fields.tsx'
import { formatDay, formatExact } from '../ui/format-time.ts'
import { type AppSearch, appSorting } from './search.ts'

export function AppTable({ rows, search }: { rows: AppView[]; search: AppSearch }) {
  const t = useTranslations('Apps')
  const locale = useLocale()
  const zone = useTimeZone() ?? 'UTC'
  return (
    <DataTable
      headingId="apps"
      isOfLinks
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          label: t('name'),
          sorting: appSorting('name', search),
          cell: ({ key, name }) => (
            <a className="break" href={`/apps/${key}`}>
              {name}
            </a>
          ),
        },
        { label: t('key'), className: 'mono', sorting: appSorting('key', search), cell: ({ key }) => key },
        { label: t('activeKeys'), className: 'number', headClass: 'number', cell: ({ activeKeys }) => activeKeys },
        {
          label: t('created'),
          sorting: appSorting('created', search),
          cell: ({ createdAt }) => (
            <time dateTime={createdAt.toISOString()} title={formatExact(createdAt, locale, zone)}>
              {formatDay(createdAt, locale, zone)}
            </time>
          ),
        },
      ]}
    />
  )
}

/** Finds Apps by what is in their name or key. */
export function AppFilterBar({ search, sort }: AppSearch) {
  const t = useTranslations('Apps')
  return (
    <FilterBar action="/apps" label={t('searchApps')} verb={t('search')} isFiltered={Boolean(search)}>
      {sort && <input type="hidden" name="sort" value={sort} />}
      <FilterText name="search" label={t('search')} value={search} placeholder={t('searchHelp')} />
    </FilterBar>
  )
}
