/** Which email template an address is about, and from whom its mails would come. */
import 'server-only'
import { notFound } from 'next/navigation'
import { loadShell } from '#console/shell/load-shell.ts'
import { caller, prefetch, trpc } from '#console/trpc/server.tsx'
import { chosenApp, type TemplateAddress } from '../template-address.ts'

const isLanguage = (text: unknown): text is string =>
  typeof text === 'string' && /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/.test(text)

/** Loads what the page starts with. An App or a language that cannot be is a page that is not there. */
export async function loadEmailTemplate({ params, searchParams }: TemplateAddress) {
  const shell = await loadShell()
  const { scenario } = await params
  const wanted = await searchParams
  const apps = await caller().apps.names()
  const app = chosenApp(apps, wanted)
  const locale = wanted.locale || null
  if (locale !== null && !isLanguage(locale)) notFound()
  const templateKey = { channel: 'email' as const, scenario, appId: app?.id ?? null, locale, accountId: null }
  const [accounts] = await Promise.all([
    caller().accounts.list({ channel: 'email' }),
    prefetch(trpc.templates.get.queryOptions(templateKey)),
    prefetch(trpc.templates.sampleValues.queryOptions({ scenario })),
  ])
  return { templateKey, apps, app, shell, from: senderOf(accounts) }
}

type Account = Awaited<ReturnType<ReturnType<typeof caller>['accounts']['list']>>[number]

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** As an inbox names the sender; the account's own name for those who may not see its settings. */
function senderOf(accounts: readonly Account[]): { name: string; address: string } {
  const account = accounts.find(({ isInForce }) => isInForce)
  const name = textOf(account?.config?.fromName) || (account?.config ? '' : (account?.name ?? ''))
  return { name, address: textOf(account?.config?.fromAddress) }
}
