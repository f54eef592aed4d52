/** The page on which a push rule is made; the address may say for which App, event and account. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ruleWords } from '#console/accounts/words.ts'
import { loadChoices } from '#console/push-rules/load-choices.ts'
import { NothingToJoin } from '#console/push-rules/nothing-to-join.tsx'
import { emptyContent } from '#console/push-rules/rule-draft.ts'
import { RulePage } from '#console/push-rules/rule-page.tsx'
import { loadShell } from '#console/shell/load-shell.ts'
import { HydrateClient, prefetch, trpc } from '#console/trpc/server.tsx'
import { Words } from '#console/ui/words.tsx'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('PushRule'))('newTitle'),
})

/** The one that is asked for, or the only one there is. */
const chosen = <Choice,>(choices: readonly Choice[], isAsked: (choice: Choice) => boolean) =>
  choices.find(isAsked) ?? (choices.length === 1 ? choices[0] : undefined)

export default async function NewRulePage({ searchParams }: Props) {
  const { permissions, user } = await loadShell()
  if (!permissions.includes('push-rules:write')) notFound()
  const choices = await loadChoices()
  const asked = await searchParams
  const event = choices.events.find(({ key }) => key === asked.event) ?? choices.events[0]
  if (choices.apps.length === 0 || choices.accounts.length === 0 || !event) return <NothingToJoin choices={choices} />
  await prefetch(trpc.templates.sampleValues.queryOptions({ scenario: event.key }))
  const start = {
    name: '',
    appId: chosen(choices.apps, ({ key }) => key === asked.app)?.id ?? '',
    scenario: event.key,
    accountId: chosen(choices.accounts, ({ id }) => id === asked.account)?.id ?? '',
    content: emptyContent,
    enabled: true,
    minutes: '0',
  }
  return (
    <HydrateClient>
      <Words of={ruleWords}>
        <RulePage start={start} stored={null} choices={choices} author={user.name} canWrite />
      </Words>
    </HydrateClient>
  )
}
