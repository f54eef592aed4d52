'use client'
/** Asks before a scenario of the organization's own is deleted, with what goes with it. */
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC, useTRPCClient } from '#console/trpc/client.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { useTemplatesChanged } from './templates-changed.ts'

type Props = { scenario: string | undefined; name: string; onClose: () => void }

export function DeleteScenario({ scenario, name, onClose }: Props) {
  const t = useTranslations('Templates')
  const client = useTRPCClient()
  const words = useProblemWords()
  const changed = useTemplatesChanged()
  const remove = async () => {
    if (!scenario) return undefined
    try {
      await client.templates.removeScenario.mutate({ key: scenario })
      await changed()
      return undefined
    } catch (error) {
      return words.result(error)
    }
  }
  return (
    <ConfirmDialog
      isOpen={scenario !== undefined}
      onClose={onClose}
      title={t('deleteScenarioTitle', { name })}
      consequences={useConsequences(scenario)}
      verb={t('deleteScenario')}
      onConfirm={remove}
    />
  )
}

function useConsequences(scenario: string | undefined): string[] {
  const t = useTranslations('Templates')
  const trpc = useTRPC()
  const words = useProblemWords()
  const { data, error } = useQuery(
    trpc.templates.scenarioDependents.queryOptions(
      { key: scenario ?? '' },
      { enabled: scenario !== undefined, staleTime: 0, gcTime: 0 },
    ),
  )
  if (error) return [words.result(error).title]
  if (!data) return [t('lookingUp')]
  return [
    t('deleteScenarioTemplates', { count: data.templates }),
    t('deleteScenarioSends', { key: scenario ?? '' }),
    ...(data.queuedMessages > 0 ? [t('deleteScenarioQueued', { count: data.queuedMessages })] : []),
  ]
}
