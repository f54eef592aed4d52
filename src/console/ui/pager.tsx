/** Newer and older, for lists that are paged by key: no page numbers, no counting. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'

type Props = { newer?: string | null; older?: string | null; oldestFirst?: boolean }

export function Pager({ newer, older, oldestFirst }: Props) {
  const t = useTranslations('Common')
  if (!newer && !older) return null
  const pages = [
    { href: newer, word: t('newer') },
    { href: older, word: t('older') },
  ]
  const [before, after] = oldestFirst ? pages.reverse() : pages
  return (
    <nav className="pager" aria-label={t('pages')}>
      {before?.href ? (
        <Link className="quiet" href={before.href} prefetch={false} rel="prev">
          ‹ {before.word}
        </Link>
      ) : (
        <span />
      )}
      {after?.href && (
        <Link className="quiet" href={after.href} prefetch={false} rel="next">
          {after.word} ›
        </Link>
      )}
    </nav>
  )
}
