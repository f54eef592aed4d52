/** The Apps of the organization, and the way to add one. */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AddApp } from '#console/apps/add-app.tsx'
import { AppFilterBar, AppTable } from '#console/apps/app-table.tsx'
import { NoApps } from '#console/apps/no-apps.tsx'
import { appsAddress, readAppSearch } from '#console/apps/search.ts'
import { Follow } from '#console/shell/follow.tsx'
import { loadShell } from '#console/shell/load-shell.ts'
import { caller } from '#console/trpc/server.tsx'
import { PageHead } from '#console/ui/page-head.tsx'
import { Pager } from '#console/ui/pager.tsx'
import type { SearchParams } from '#console/ui/search-params.ts'
import { Words } from '#console/ui/words.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Apps'))('title') }
}

export default async function AppsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { permissions } = await loadShell()
  const input = readAppSearch(await searchParams)
  const [{ rows, newer, older }, t] = await Promise.all([caller().apps.list(input), getTranslations('Apps')])
  const mayAdd = permissions.includes('apps:write')
  const isFirstVisit = rows.length === 0 && !input.search && !input.cursor
  const address = (cursor: string | null) => cursor && appsAddress({ ...input, cursor })
  const title = <span id="apps">{t('title')}</span>
  return (
    <Words of={['Apps', 'Form', 'Problem', 'Error', 'Reason']}>
      <PageHead title={title} purpose={t('purpose')} action={mayAdd && !isFirstVisit && <AddApp />} />
      {!isFirstVisit && <AppFilterBar {...input} />}
      {rows.length > 0 ? <AppTable rows={rows} search={input} /> : <NoApps isSearch={!isFirstVisit} mayAdd={mayAdd} />}
      <Pager isSorted newer={address(newer)} older={address(older)} oldestFirst={!input.sort?.startsWith('-')} />
      <Follow />
    </Words>
  )
}
