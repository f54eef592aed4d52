'use client'
/** Why a stored template is not used as it stands with its provider; nothing when it is. */
import { useTranslations } from 'next-intl'
import { useDynamicWords } from '../../../../ui/dynamic-words.ts'
import { Result } from '../../../../ui/result.tsx'
import { Time } from '../../../../ui/time.tsx'
import type { TemplateStored } from '../template-page/stored-template.ts'

type Props = { standing: TemplateStored['standing'][string] | undefined; at: Date | string | null }

export function Standing({ standing, at }: Props) {
  const t = useTranslations('AccountTemplate')
  const reasons = useDynamicWords('Reason')
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
