/** Whether it is over, and if not, whether somebody looks after it. */
import { useTranslations } from 'next-intl'
import { StateBadge } from '../ui/state-badge.tsx'
import type { Incident } from './incident-words.ts'

export function IncidentState({ incident: { recoveredAt, acknowledged } }: { incident: Incident }) {
  const t = useTranslations('Incidents')
  if (recoveredAt) return <StateBadge tone="green">{t('isOver')}</StateBadge>
  if (acknowledged) return <StateBadge tone="amber">{t('isLookedAfter')}</StateBadge>
  return <StateBadge tone="red">{t('isOpen')}</StateBadge>
}
