/** The page on which a push rule is made; the address may say for which App, event and account. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ruleWords } from '#console/accounts/words.ts'
import { loadNewRule } from '#console/push-rules/load-rule.ts'
import { NothingToJoin } from '#console/push-rules/nothing-to-join.tsx'
import { RulePage } from '#console/push-rules/rule-page.tsx'
import { loadShell } from '#console/shell/load-shell.ts'
import { HydrateClient } from '#console/trpc/server.tsx'
import { Words } from '#console/ui/words.tsx'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('PushRule'))('newTitle'),
})

export default async function NewRulePage({ searchParams }: Props) {
  const shell = await loadShell()
  if (!shell.permissions.includes('push-rules:write')) notFound()
  const { start, choices } = await loadNewRule(await searchParams)
  if (!start) return <NothingToJoin lacks={choices.accounts.length === 0 ? 'account' : 'app'} />
  return (
    <HydrateClient>
      <Words of={ruleWords}>
        <RulePage start={start} stored={null} choices={choices} shell={shell} />
      </Words>
    </HydrateClient>
  )
}
