/** What the browser calls the page of a scenario's template: the scenario, in the reader's language. */
import 'server-only'
import type { Metadata } from 'next'
import { getLocale } from 'next-intl/server'
import { scenarioName } from '../scenario-name.ts'
import { loadShell } from '../shell/load-shell.ts'
import { caller } from '../trpc/server.tsx'

export type TemplatePageProps = {
  params: Promise<{ scenario: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function titleOfPage({ params }: TemplatePageProps): Promise<Metadata> {
  await loadShell()
  const { scenario: key } = await params
  const scenario = (await caller().templates.scenarios()).find((candidate) => candidate.key === key)
  return { title: scenario && scenarioName(scenario, await getLocale()) }
}
