/** How many messages a page has: plain links, which need no script. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type Filters, logAddress, pageSizes } from './filters.ts'

const usual = 50

export function PageSize({ shown, current = usual }: { shown: Filters['shown']; current: number | undefined }) {
  const t = useTranslations('Messages')
  return (
    <nav className="page-size" aria-label={t('pageSize')}>
      <span aria-hidden="true">{t('pageSize')}</span>
      {pageSizes.map((size) => (
        <Link
          key={size}
          className="quiet"
          href={logAddress({ ...shown, size: size === usual ? undefined : String(size) })}
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
