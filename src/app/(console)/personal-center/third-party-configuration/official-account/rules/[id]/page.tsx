/** The page of a push rule: what it says, how the card looks, and how it stands. */
import type { Metadata } from 'next'
import { ruleWords } from '#console/accounts/words.ts'
import { loadRule } from '#console/push-rules/load-rule.ts'
import { draftOf } from '#console/push-rules/rule-draft.ts'
import { RulePage } from '#console/push-rules/rule-page.tsx'
import { loadShell } from '#console/shell/load-shell.ts'
import { caller, HydrateClient, idIn, orNotFound } from '#console/trpc/server.tsx'
import { Words } from '#console/ui/words.tsx'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await loadShell()
  return { title: (await orNotFound(caller().pushRules.get({ id: await idIn(params) }))).name }
}

export default async function PushRulePage({ params }: Props) {
  const shell = await loadShell()
  const { rule, choices } = await loadRule(params)
  return (
    <HydrateClient>
      <Words of={ruleWords}>
        <RulePage start={draftOf(rule)} stored={rule} choices={choices} shell={shell} />
      </Words>
    </HydrateClient>
  )
}
