'use client'
/** Asks before a template is deleted, or a scenario of the organization's own with all of its templates. */
import { useTranslations } from 'next-intl'
import type { ChannelId } from '#channels/traits.ts'
import { ConfirmDelete } from '#console/confirm-delete.tsx'
import type { AppName } from '#console/links.ts'
import { useTRPCClient } from '#console/trpc/client.tsx'
import type { Deletion } from '#console/ui/undo-notice.tsx'
import { useTemplatesChanged } from './templates-changed.ts'

type Props = {
  channel: ChannelId
  app: AppName | null
  /** The key of the scenario that is asked about; absent while nothing is. */
  scenario: string | undefined
  /** The account that the template belongs to, where it does to one. */
  accountId: string | null
  name: string
  onClose: () => void
  onDeleted: (deletion: Deletion) => void
}

/** An App then uses the default, a scenario without a default sends nothing. */
export function ResetTemplate({ channel, app, scenario, accountId, name, onClose, onDeleted }: Props) {
  const t = useTranslations('Templates')
  const client = useTRPCClient()
  const changed = useTemplatesChanged()
  const reset = async () => {
    const key = { channel, scenario: scenario ?? '', appId: app?.id ?? null, accountId }
    const { undo } = await client.templates.reset.mutate(key)
    onDeleted({ title: t(app ? 'resetDone' : 'deleteTemplateDone', { name }), undo })
    await changed()
  }
  return (
    <ConfirmDelete
      isOpen={scenario !== undefined}
      onClose={onClose}
      title={app ? t('resetTitle', { name }) : t('deleteTemplateTitle', { name })}
      consequences={
        app
          ? [t('resetUsesDefault', { app: app.name }), t('resetVersions')]
          : [t('deleteTemplateNone'), t('deleteTemplateOverrides'), t('resetVersions')]
      }
      verb={app ? t('returnToDefault') : t('deleteTemplate')}
      onDelete={reset}
    />
  )
}

type ScenarioProps = { scenario: string | undefined; name: string; onClose: () => void }

export function DeleteScenario({ scenario: key = '', name, onClose }: ScenarioProps) {
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
