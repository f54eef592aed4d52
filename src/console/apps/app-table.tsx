/** Apps as a plain table; each leads to its own page. */
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import type { AppView } from '#domain/apps/apps.ts'
import { DataTable } from '../ui/data-table.tsx'
import { formatDay, formatExact } from '../ui/format-time.ts'

export function AppTable({ rows }: { rows: AppView[] }) {
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
          cell: ({ key, name }) => (
            <a className="break" href={`/apps/${key}`}>
              {name}
            </a>
          ),
        },
        { label: t('key'), className: 'mono', cell: ({ key }) => key },
        { label: t('activeKeys'), className: 'number', headClass: 'number', cell: ({ activeKeys }) => activeKeys },
        {
          label: t('created'),
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
