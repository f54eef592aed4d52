/** Apps as a plain table; each leads to its own page. */
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import type { AppView } from '#domain/apps/apps.ts'
import { formatDay, formatExact } from '../ui/format-time.ts'
import { LinkArea } from '../ui/link-area.tsx'

export function AppTable({ rows }: { rows: AppView[] }) {
  const t = useTranslations('Apps')
  const locale = useLocale()
  const zone = useTimeZone() ?? 'UTC'
  return (
    <LinkArea className="list list-links">
      <table aria-labelledby="apps">
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('key')}</th>
            <th scope="col" className="number">
              {t('activeKeys')}
            </th>
            <th scope="col">{t('created')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, key, name, activeKeys, createdAt }) => (
            <tr key={id}>
              <th scope="row">
                <a className="break" href={`/apps/${key}`}>
                  {name}
                </a>
              </th>
              <td data-label={t('key')} className="mono">
                {key}
              </td>
              <td data-label={t('activeKeys')} className="number">
                {activeKeys}
              </td>
              <td data-label={t('created')}>
                <time dateTime={createdAt.toISOString()} title={formatExact(createdAt, locale, zone)}>
                  {formatDay(createdAt, locale, zone)}
                </time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </LinkArea>
  )
}
