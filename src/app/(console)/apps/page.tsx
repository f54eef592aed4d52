/** The Apps of the organization, and the way to add one. */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { caller } from '../../trpc/server.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { FilterText } from '../../ui/filter-fields.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Words } from '../../ui/words.tsx'
import { Follow } from '../follow.tsx'
import { loadShell } from '../load-shell.ts'
import { AddApp } from './add-app.tsx'
import { AppTable } from './app-table.tsx'
import { AppsPager } from './apps-pager.tsx'
import { NoApps } from './no-apps.tsx'
import { readAppSearch, type SearchParams } from './search.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Apps'))('title') }
}

export default async function AppsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { permissions } = await loadShell()
  const input = readAppSearch(await searchParams)
  const [{ rows, next }, t] = await Promise.all([caller().apps.list(input), getTranslations('Apps')])
  const mayAdd = permissions.includes('apps:write')
  const isFirstVisit = rows.length === 0 && !input.search && !input.after
  return (
    <Words of={['Apps', 'Problem', 'Error', 'Reason']}>
      <PageHead
        title={<span id="apps">{t('title')}</span>}
        purpose={t('purpose')}
        action={mayAdd && !isFirstVisit && <AddApp />}
      />
      {!isFirstVisit && (
        <FilterBar action="/apps" label={t('searchApps')} verb={t('search')} isFiltered={Boolean(input.search)}>
          <FilterText name="search" label={t('search')} value={input.search} placeholder={t('searchHelp')} />
        </FilterBar>
      )}
      {rows.length > 0 ? <AppTable rows={rows} /> : <NoApps isSearch={!isFirstVisit} mayAdd={mayAdd} />}
      <AppsPager input={input} next={next} />
      <Follow />
    </Words>
  )
}
