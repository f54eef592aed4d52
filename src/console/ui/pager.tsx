/** Newer and older, for lists that are paged by key: no page numbers, no counting. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'

export function Pager({ newer, older }: { newer?: string | null; older?: string | null }) {
  const t = useTranslations('Common')
  if (!newer && !older) return null
  return (
    <nav className="pager" aria-label={t('pages')}>
      {newer ? (
        <Link className="quiet" href={newer} prefetch={false} rel="prev">
          ‹ {t('newer')}
        </Link>
      ) : (
        <span />
      )}
      {older && (
        <Link className="quiet" href={older} prefetch={false} rel="next">
          {t('older')} ›
        </Link>
      )}
    </nav>
  )
}
