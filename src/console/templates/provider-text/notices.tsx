'use client'
/** What the author should know before going on: which template is used meanwhile, and what went wrong. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Result } from '#console/ui/result.tsx'
import type { Editing } from './use-editing.ts'

export function Notices<Content>({ editing, children }: { editing: Editing<Content>; children?: ReactNode }) {
  const { about, saving, underneath } = editing
  const t = useTranslations('AccountTemplate')
  const common = useTranslations('Template')
  const { account, accounts } = about
  const inForce = accounts.find(({ isInForce }) => isInForce)
  return (
    <div className="template-notices">
      {!saving.saved && <p>{underneath ? common('usesInstead', { used: common('default') }) : common('nothingYet')}</p>}
      {!account.isInForce && (
        <Result
          tone="grey"
          title={t('notInForce', { account: account.name })}
          why={inForce ? t('notInForceWhy', { other: inForce.name }) : t('noneInForce')}
        />
      )}
      {children}
      {saving.problem && <Result {...saving.problem} />}
    </div>
  )
}
