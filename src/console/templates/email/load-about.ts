/** Which template an address is about, and from whom its mails would come. */
import 'server-only'
import { notFound } from 'next/navigation'
import { caller } from '#console/trpc/server.tsx'
import { chosenApp } from '../list/chosen-app.ts'
import { type About, isLanguage } from './about.ts'

/** An App or a language that cannot be is a page that is not there. */
export async function loadAbout(
  scenario: string,
  asked: Record<string, string | string[] | undefined>,
): Promise<About> {
  const apps = await caller().apps.names()
  const app = chosenApp(apps, asked.app)
  const locale = asked.locale ? asked.locale : null
  if (locale !== null && !isLanguage(locale)) notFound()
  return { templateKey: { channel: 'email', scenario, appId: app?.id ?? null, locale }, apps, app }
}

type Account = Awaited<ReturnType<ReturnType<typeof caller>['accounts']['list']>>[number]
export type Sender = { name: string; address: string }

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** As an inbox names the sender; the account's own name for those who may not see its settings. */
export function senderOf(accounts: readonly Account[]): Sender {
  const account = accounts.find(({ isInForce }) => isInForce)
  const name = textOf(account?.config?.fromName) || (account?.config ? '' : (account?.name ?? ''))
  return { name, address: textOf(account?.config?.fromAddress) }
}
