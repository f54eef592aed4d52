/** How far back the numbers go: plain links, so that the address holds it. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ShowOverview } from '#domain/overview/overview.ts'

export type Period = ShowOverview['period']

const periods: Record<Period, string> = { '24h': '/', '30d': '/?period=30d' }

export function PeriodSwitch({ current }: { current: Period }) {
  const t = useTranslations('Overview')
  return (
    <nav className="periods" aria-label={t('period')}>
      {(Object.keys(periods) as Period[]).map((period) => (
        <Link
          key={period}
          href={periods[period]}
          prefetch={false}
          scroll={false}
          aria-current={period === current || undefined}
        >
          {t(`period_${period}`)}
        </Link>
      ))}
    </nav>
  )
}
