'use client'
/** How a message stands, followed until nothing more happens to it; each change is announced. */
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../trpc/client.tsx'
import { StateBadge } from '../ui/state-badge.tsx'
import { badgeOf } from './status.ts'

const everyMs = 2000
const quickTimes = 30
const slowlyEveryMs = 15_000

export function MessageState({ id }: { id: string }) {
  const t = useTranslations('Status')
  const { data } = useQuery(
    useTRPC().messages.get.queryOptions(
      { id },
      {
        refetchInterval: ({ state: { data: message, dataUpdateCount } }) =>
          message?.isUnderWay !== false && (dataUpdateCount < quickTimes ? everyMs : slowlyEveryMs),
      },
    ),
  )
  const badge = data && badgeOf(data)
  return <span role="status">{badge && <StateBadge tone={badge.tone}>{t(badge.word)}</StateBadge>}</span>
}
