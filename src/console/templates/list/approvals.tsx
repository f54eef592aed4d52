'use client'
/** When the provider was last asked about the account's signatures and templates, and the button that asks it now. */
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { ChannelId } from '#channels/traits.ts'
import { useProviderWords } from '#console/editing/problems.ts'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import type { ResultProps } from '#console/ui/result.tsx'
import { Time } from '#console/ui/time.tsx'
import type { TemplateListed } from './templates-changed.ts'
import { useTemplatesChanged } from './templates-changed.ts'

/** The oldest of the last looks; undefined where no template names what a provider keeps. */
export function lastLook(templates: readonly TemplateListed[]): Date | string | undefined {
  const looks = templates.flatMap(({ summary, approvalAt }) =>
    approvalAt && summary.some(({ signature }) => signature !== null) ? [approvalAt] : [],
  )
  return looks.sort((one, other) => new Date(one).getTime() - new Date(other).getTime())[0]
}

export function useApprovals(channel: ChannelId) {
  const client = useTRPCClient()
  const words = useProviderWords()
  const changed = useTemplatesChanged()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ResultProps>()
  const check = async () => {
    if (isBusy) return
    setBusy(true)
    setProblem(undefined)
    try {
      await client.templates.refreshApprovals.mutate({ channel, accountId: null })
      await changed()
    } catch (error) {
      setProblem(words(error))
    } finally {
      setBusy(false)
    }
  }
  return { check, isBusy, problem }
}

export function CheckApprovals({ check, isBusy }: Pick<ReturnType<typeof useApprovals>, 'check' | 'isBusy'>) {
  const t = useTranslations('Templates')
  return (
    <Button onClick={check} isBusy={isBusy}>
      {t('checkApprovals')}
    </Button>
  )
}

export function ApprovalsAt({ at }: { at: Date | string }) {
  const t = useTranslations('Templates')
  return (
    <span role="status" className="approvals-at">
      {t.rich('approvalsAt', { when: () => <Time at={at} /> })}
    </span>
  )
}
