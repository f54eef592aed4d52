/** What the page of an App shows, asked for at once as far as one answer does not need another. */
import 'server-only'
import { getLocale } from 'next-intl/server'
import { scenarioNames } from '../scenario-name.ts'
import { loadShell } from '../shell/load-shell.ts'
import { caller, prefetch, trpc } from '../trpc/server.tsx'
import type { KeySort } from './key-sorting.ts'

/** The words that it uses in the browser. */
export const appWords = [
  ...(['App', 'Apps', 'Audience', 'Coverage', 'Dependents', 'Guard', 'Webhooks'] as const),
  ...(['Form', 'Shell', 'Problem', 'Error', 'Reason'] as const),
] as const

export async function loadApp(key: string, sort: KeySort | undefined) {
  const { permissions, url } = await loadShell()
  const locale = (await getLocale()) === 'zh-CN' ? 'zh-CN' : 'en'
  const { id: appId } = await prefetch(trpc.apps.get.queryOptions({ key }))
  const [refused, scenarios] = await Promise.all([
    caller().apps.refusals({ appId }),
    caller().templates.scenarios(),
    prefetch(trpc.apps.keys.queryOptions({ appId, sort })),
    prefetch(trpc.webhooks.list.queryOptions({ appId })),
    prefetch(trpc.apps.codeSettings.queryOptions({ appId, locale })),
    prefetch(trpc.apps.guard.queryOptions({ appId, locale })),
    prefetch(trpc.apps.coverage.queryOptions({ appId })),
  ])
  const may = {
    write: permissions.includes('apps:write'),
    edit: { templates: permissions.includes('templates:write'), rules: permissions.includes('push-rules:write') },
  }
  return { appId, url, locale, refused, nameOf: scenarioNames(scenarios, locale), may } as const
}
