/** Stands in place of the list: before the first App, and where a search finds none. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { EmptyState } from '../ui/empty-state.tsx'
import { AddApp } from './add-app.tsx'

export function NoApps({ isSearch, mayAdd }: { isSearch: boolean; mayAdd: boolean }) {
  const t = useTranslations('Apps')
  if (isSearch) {
    return (
      <EmptyState
        title={t('noneFound')}
        text={t('noneFoundHint')}
        action={
          <Link className="button" href="/apps" prefetch={false}>
            {t('showAll')}
          </Link>
        }
      />
    )
  }
  return <EmptyState title={t('none')} text={t(mayAdd ? 'noneHint' : 'noneForOthers')} action={mayAdd && <AddApp />} />
}
