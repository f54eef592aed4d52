/** What the address of a template's page, or of a list of templates, asks for. */
import 'server-only'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import type { AppName } from '../links.ts'
import { scenarioName } from '../scenario-name.ts'
import { loadShell } from '../shell/load-shell.ts'
import { caller } from '../trpc/server.tsx'

export type SearchParams = Record<string, string | string[] | undefined>
export type TemplateAddress = { params: Promise<{ scenario: string }>; searchParams: Promise<SearchParams> }

/** The App of `?app=shop`; null, for the default, without one. An App that is not there is a page that is not there. */
export function chosenApp(apps: readonly AppName[], { app: key }: SearchParams): AppName | null {
  if (!key) return null
  return apps.find((app) => app.key === key) ?? notFound()
}

/** What the browser calls the page of a scenario's template: the scenario, in the reader's language. */
export async function titleOfTemplate({ params }: TemplateAddress): Promise<Metadata> {
  await loadShell()
  const { scenario: key } = await params
  const scenario = (await caller().templates.scenarios()).find((candidate) => candidate.key === key)
  return { title: scenario && scenarioName(scenario, await getLocale()) }
}
