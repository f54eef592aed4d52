/** The Email page: the accounts that mail goes out through, and what each scenario says. */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { caller, HydrateClient, prefetch, trpc } from '../../../../../trpc/server.tsx'
import { Words } from '../../../../../ui/words.tsx'
import { loadShell } from '../../../../load-shell.ts'
import { AccountsSection } from '../../accounts/accounts-section.tsx'
import { accountRights, templateRights } from '../../rights.ts'
import { chosenApp } from '../../templates/chosen-app.ts'
import { TemplatesSection } from '../../templates/templates-section.tsx'
import { channelWords } from '../../words.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('Shell'))('channel_email'),
})

export default async function EmailPage({ searchParams }: Props) {
  const { permissions } = await loadShell()
  const channel = 'email'
  const apps = await caller().apps.names()
  const app = chosenApp(apps, (await searchParams).app)
  const place = { channel, appId: app?.id ?? null } as const
  await Promise.all([
    prefetch(trpc.accounts.list.queryOptions({ channel })),
    prefetch(trpc.accounts.forms.queryOptions({ channel })),
    prefetch(trpc.templates.cells.queryOptions(place)),
    prefetch(trpc.templates.list.queryOptions(place)),
  ])
  return (
    <HydrateClient>
      <Words of={channelWords}>
        <AccountsSection channel={channel} rights={accountRights(permissions)} />
        <TemplatesSection channel={channel} apps={apps} app={app} rights={templateRights(permissions)} />
      </Words>
    </HydrateClient>
  )
}
