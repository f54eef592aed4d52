'use client'
/** Sends the content of a push rule to one follower of its account, and tells in place what WeChat answered. */
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { AppRouter } from '#api/router.ts'
import { TestSendDialog, type TestSendOutcome } from '#console/editing/test-send-dialog.tsx'
import { useTRPCClient } from '#console/trpc/client.tsx'
import type { ResultProps } from '#console/ui/result.tsx'
import type { FieldProblem } from '#domain/base/errors.ts'

export type RuleListed = inferRouterOutputs<AppRouter>['pushRules']['list']['rows'][number]

type Props = {
  account: string
  isOpen: boolean
  onClose: () => void
  push: (openid: string) => Promise<TestSendOutcome>
  /** Why it cannot be pushed as it is; undefined when it can. */
  blocked?: () => ResultProps | undefined
  /** Words of the form's own for what was refused. */
  say?: (problem: FieldProblem) => string | undefined
}

export function TestPushDialog({ account, isOpen, onClose, push, blocked, say }: Props) {
  const t = useTranslations('PushRules')
  const words = {
    title: t('testPush'),
    intro: t('testIntro', { account }),
    to: t('openid'),
    help: t('openidHelp'),
    verb: t('push'),
    busy: t('pushing'),
  }
  return (
    <TestSendDialog
      words={words}
      type="text"
      to=""
      send={push}
      {...(blocked ? { blocked } : {})}
      say={(problem) => (problem.code === 'recipient_invalid' ? t('notOpenid') : say?.(problem))}
      isOpen={isOpen}
      onClose={onClose}
    />
  )
}

/** Tests a push rule of the list: what is pushed is what is stored at that moment. */
export function TestStoredRule({ rule, onClose }: { rule: RuleListed | undefined; onClose: () => void }) {
  const client = useTRPCClient()
  const [last, setLast] = useState(rule)
  if (rule && rule !== last) setLast(rule)
  const push = async (to: string) => {
    const { id, app, scenario, account, content } = await client.pushRules.get.query({ id: rule?.id ?? '' })
    return client.pushRules.testPush.mutate({ id, appId: app.id, scenario, accountId: account.id ?? '', content, to })
  }
  return <TestPushDialog account={last?.account.name ?? ''} isOpen={rule !== undefined} onClose={onClose} push={push} />
}
