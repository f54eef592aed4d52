/** Stands in place of the list: before the first App, and where a search finds none. */
import { useTranslations } from 'next-intl'
import { LinkButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { AddApp } from './add-app.tsx'

export function NoApps({ isSearch, mayAdd }: { isSearch: boolean; mayAdd: boolean }) {
  const t = useTranslations('Apps')
  if (isSearch) {
    return (
      <EmptyState
        title={t('noneFound')}
        text={t('noneFoundHint')}
        action={<LinkButton href="/apps">{t('showAll')}</LinkButton>}
      />
    )
  }
  return <EmptyState title={t('none')} text={t(mayAdd ? 'noneHint' : 'noneForOthers')} action={mayAdd && <AddApp />} />
}
