/** To the following Apps, and back to the first ones. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type AppSearch, appsAddress } from './search.ts'

export function AppsPager({ input: { after, ...list }, next }: { input: AppSearch; next: string | null }) {
  const t = useTranslations('Apps')
  if (!after && !next) return null
  return (
    <nav className="pager" aria-label={t('pages')}>
      {after ? (
        <Link className="quiet" href={appsAddress(list)} prefetch={false}>
          ‹ {t('first')}
        </Link>
      ) : (
        <span />
      )}
      {next && (
        <Link className="quiet" href={appsAddress({ ...list, after: next })} prefetch={false} rel="next">
          {t('more')} ›
        </Link>
      )}
    </nav>
  )
}
