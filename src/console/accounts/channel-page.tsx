/** The page of a channel: the accounts that its messages go out through, and what each scenario says. */
import type { ChannelId } from '#channels/traits.ts'
import { accountRights, templateRights } from '../rights.ts'
import { loadShell } from '../shell/load-shell.ts'
import { TemplatesSection } from '../templates/list/templates-section.tsx'
import { chosenApp } from '../templates/template-address.ts'
import { caller, HydrateClient, prefetch, trpc } from '../trpc/server.tsx'
import { Words } from '../ui/words.tsx'
import { AccountsSection } from './accounts-section.tsx'
import { channelWords } from './words.ts'

type Props = { channel: ChannelId; searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function ChannelPage({ channel, searchParams }: Props) {
  const { permissions, url } = await loadShell()
  const apps = await caller().apps.names()
  const app = chosenApp(apps, await searchParams)
  const place = { channel, appId: app?.id ?? null }
  await Promise.all([
    prefetch(trpc.accounts.list.queryOptions({ channel })),
    prefetch(trpc.accounts.forms.queryOptions({ channel })),
    prefetch(trpc.templates.cells.queryOptions(place)),
    prefetch(trpc.templates.list.queryOptions(place)),
  ])
  return (
    <HydrateClient>
      <Words of={channelWords}>
        <AccountsSection channel={channel} rights={accountRights(permissions)} publicUrl={url} />
        <TemplatesSection channel={channel} apps={apps} app={app} rights={templateRights(permissions)} />
      </Words>
    </HydrateClient>
  )
}
