'use client'
/** Sends the content of a push rule to one follower of its account, and tells in place what WeChat answered. */
import { useTranslations } from 'next-intl'
import { TestSendDialog, type TestSendOutcome } from '#console/editing/test-send-dialog.tsx'
import type { ResultProps } from '#console/ui/result.tsx'
import type { FieldProblem } from '#domain/base/errors.ts'

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
