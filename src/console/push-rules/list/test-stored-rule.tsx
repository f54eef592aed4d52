'use client'
/** Tests a push rule of the list: what is pushed is what is stored at that moment. */
import { useState } from 'react'
import { useTRPCClient } from '#console/trpc/client.tsx'
import type { RuleListed } from './rule-state.tsx'
import { TestPushDialog } from './test-push-dialog.tsx'

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
