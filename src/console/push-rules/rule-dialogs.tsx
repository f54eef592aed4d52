'use client'
/** What the page of a push rule asks in a dialog, one at a time; what is seldom seen is loaded when it is opened first. */
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { LeaveDialog } from '../editing/leave-dialog.tsx'
import { rulesPlace } from '../links.ts'
import { scenarioName } from '../scenario-name.ts'
import { useTRPCClient } from '../trpc/client.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { useOnceNeeded } from '../ui/use-once-needed.ts'
import { DeleteRule } from './list/delete-rule.tsx'
import { contentFrom } from './rule-draft.ts'
import type { Rule } from './use-rule.ts'

const TestPushDialog = lazyPart(() => import('./list/test-push-dialog.tsx').then((file) => file.TestPushDialog))
const RuleConflict = lazyPart(() => import('./rule-conflict.tsx').then((file) => file.RuleConflict))

export function RuleDialogs({ rule }: { rule: Rule }) {
  const { choices, draft, latest, event, samples, saving, problems, canWrite, isChanged, asked, setAsked, blocked } =
    rule
  const common = useTranslations('Template')
  const form = useTranslations('AccountTemplate')
  const locale = useLocale()
  const router = useRouter()
  const client = useTRPCClient()
  const needsTest = useOnceNeeded(asked === 'test-push')
  const { saved } = saving
  const close = () => setAsked(undefined)
  const nameOf = (choices: readonly { id: string; name: string }[], id: string) =>
    choices.find((choice) => choice.id === id)?.name ?? ''
  const push = (to: string) => {
    const { appId, scenario, accountId } = latest.current
    const content = contentFrom(latest.current)
    const place = { ...(saved ? { id: saved.id } : {}), appId, scenario, accountId }
    return client.pushRules.testPush.mutate({ ...place, content, values: samples.values, to })
  }
  return (
    <>
      {needsTest && (
        <TestPushDialog
          account={nameOf(choices.accounts, draft.accountId)}
          isOpen={asked === 'test-push'}
          onClose={close}
          push={push}
          blocked={() => blocked(() => common('notSent'))}
          say={problems.say}
        />
      )}
      {saving.conflict && <RuleConflict rule={rule} conflict={saving.conflict} />}
      <DeleteRule
        rule={
          asked === 'delete' && saved
            ? { ...saved, name: saved.content.name, app: { name: nameOf(choices.apps, saved.content.appId) } }
            : undefined
        }
        event={event ? scenarioName(event, locale) : draft.scenario}
        onClose={close}
        onDeleted={() => router.push(rulesPlace())}
      />
      <LeaveDialog isChanged={isChanged && canWrite} intro={form('leaveIntro')} />
    </>
  )
}
