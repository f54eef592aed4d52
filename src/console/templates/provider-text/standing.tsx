'use client'
/** Why a stored template is not used as it stands with its provider; nothing when it is. */
import { useTranslations } from 'next-intl'
import type { TemplateStored } from '#console/editing/template-saving.ts'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { Result } from '#console/ui/result.tsx'
import { Time } from '#console/ui/time.tsx'

type Props = { provider: string; standing: TemplateStored['standing'][string] | undefined; at: Date | string | null }

export function Standing({ provider, standing, at }: Props) {
  const t = useTranslations('AccountTemplate')
  const reasons = useDynamicWords('Reason', provider)
  if (!standing?.blocked) return null
  const { blocked, detail } = standing
  return (
    <Result
      tone="amber"
      title={reasons(blocked)}
      why={at && t.rich('notUsed', { when: () => <Time key="when" at={at} /> })}
      next={reasons.find(`${blocked}Hint`)}
      {...(detail ? { detail } : {})}
    />
  )
}
