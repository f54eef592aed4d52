/** The pages beside, of lists that are paged by key: no page numbers, no counting. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'

type Props = {
  newer?: string | null
  older?: string | null
  oldestFirst?: boolean
  /** By something that is not age: older and newer say nothing then. */
  isSorted?: boolean
}

export function Pager({ newer, older, oldestFirst, isSorted }: Props) {
  const t = useTranslations('Common')
  if (!newer && !older) return null
  const pages = [
    { href: newer, word: t('newer') },
    { href: older, word: t('older') },
  ]
  const [before, after] = oldestFirst ? pages.reverse() : pages
  const wordOf = (page: typeof before, word: 'previousPage' | 'nextPage') => (isSorted ? t(word) : page?.word)
  return (
    <nav className="pager" aria-label={t('pages')}>
      {before?.href ? (
        <Link className="quiet" href={before.href} prefetch={false} rel="prev">
          ‹ {wordOf(before, 'previousPage')}
        </Link>
      ) : (
        <span />
      )}
      {after?.href && (
        <Link className="quiet" href={after.href} prefetch={false} rel="next">
          {wordOf(after, 'nextPage')} ›
        </Link>
      )}
    </nav>
  )
}
