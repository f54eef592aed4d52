'use client'
/** Asks before a scenario of the organization's own is deleted. */
import { useTranslations } from 'next-intl'
import { ConfirmDelete } from '#console/confirm-delete.tsx'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { useTemplatesChanged } from './templates-changed.ts'

type Props = { scenario: string | undefined; name: string; onClose: () => void }

export function DeleteScenario({ scenario: key = '', name, onClose }: Props) {
  const t = useTranslations('Templates')
  const client = useTRPCClient()
  const changed = useTemplatesChanged()
  return (
    <ConfirmDelete
      isOpen={key !== ''}
      onClose={onClose}
      title={t('deleteScenarioTitle', { name })}
      of={{ kind: 'scenario', key }}
      nothing={t('deleteScenarioNothing')}
      consequences={[t('deleteScenarioSends', { key })]}
      verb={t('deleteScenario')}
      onDelete={() => client.templates.removeScenario.mutate({ key }).then(changed)}
    />
  )
}
