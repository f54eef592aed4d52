/** The page of a push rule: what it says, how the card looks, and how it stands. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ruleWords } from '#console/accounts/words.ts'
import { loadChoices } from '#console/push-rules/load-choices.ts'
import { draftOf } from '#console/push-rules/rule-draft.ts'
import { RulePage } from '#console/push-rules/rule-page.tsx'
import { loadShell } from '#console/shell/load-shell.ts'
import { caller, found, HydrateClient, prefetch, trpc } from '#console/trpc/server.tsx'
import { Words } from '#console/ui/words.tsx'

type Props = { params: Promise<{ id: string }> }

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

async function load({ params }: Props) {
  const { id } = await params
  return idForm.test(id) ? found(caller().pushRules.get({ id })) : notFound()
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  await loadShell()
  return { title: (await load(props)).name }
}

export default async function PushRulePage(props: Props) {
  const { permissions, user } = await loadShell()
  const [rule, choices] = await Promise.all([load(props), loadChoices()])
  const event = choices.events.find(({ key }) => key === rule.scenario) ?? choices.events[0]
  if (event) await prefetch(trpc.templates.sampleValues.queryOptions({ scenario: event.key }))
  return (
    <HydrateClient>
      <Words of={ruleWords}>
        <RulePage
          start={draftOf(rule)}
          stored={rule}
          choices={choices}
          author={user.name}
          canWrite={permissions.includes('push-rules:write')}
        />
      </Words>
    </HydrateClient>
  )
}
