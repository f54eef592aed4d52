/** What the page of the log shows, asked for at once as far as one answer does not need another. */
import 'server-only'
import { getTimeZone } from 'next-intl/server'
import type { SearchParams } from '#console/ui/search-params.ts'
import { loadShell } from '../shell/load-shell.ts'
import { caller, isSignedIn } from '../trpc/server.tsx'
import { readFilters } from './filters.ts'

export async function loadLog(searchParams: Promise<SearchParams>) {
  const shell = loadShell()
  // Others are sent to where they can sign in, and nothing is asked for in their name.
  if (!(await isSignedIn())) await shell
  const params = await searchParams
  const all = Object.keys(params).length === 0 ? caller().messages.list({}) : undefined
  const [{ url }, zone, apps, scenarios, first] = await Promise.all([
    shell,
    getTimeZone(),
    caller().apps.names(),
    caller().templates.scenarios(),
    all,
  ])
  const filters = readFilters(params, { zone, apps, scenarios })
  const found = first ?? (await caller().messages.list(filters.input))
  return { url, zone, apps, scenarios, filters, found }
}
