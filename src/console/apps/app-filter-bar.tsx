/** Finds Apps by what is in their name or key. */
import { useTranslations } from 'next-intl'
import { FilterBar } from '../ui/filter-bar.tsx'
import { FilterText } from '../ui/filter-fields.tsx'
import type { AppSearch } from './search.ts'

export function AppFilterBar({ search }: Pick<AppSearch, 'search'>) {
  const t = useTranslations('Apps')
  return (
    <FilterBar action="/apps" label={t('searchApps')} verb={t('search')} isFiltered={Boolean(search)}>
      <FilterText name="search" label={t('search')} value={search} placeholder={t('searchHelp')} />
    </FilterBar>
  )
}
