'use client'
/** Asks before a template is deleted: an App then uses the default, a scenario without a default sends nothing. */
import { useTranslations } from 'next-intl'
import type { ChannelId } from '#channels/contract.ts'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import type { AppName } from './chosen-app.ts'
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
}

export function ResetTemplate({ channel, app, scenario, accountId, name, onClose }: Props) {
  const t = useTranslations('Templates')
  const client = useTRPCClient()
  const words = useProblemWords()
  const changed = useTemplatesChanged()
  const reset = async () => {
    if (!scenario) return undefined
    try {
      await client.templates.reset.mutate({ channel, scenario, appId: app?.id ?? null, accountId })
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
      title={app ? t('resetTitle', { name }) : t('deleteTemplateTitle', { name })}
      consequences={
        app
          ? [t('resetUsesDefault', { app: app.name }), t('resetVersions')]
          : [t('deleteTemplateNone'), t('deleteTemplateOverrides'), t('resetVersions')]
      }
      verb={app ? t('returnToDefault') : t('deleteTemplate')}
      onConfirm={reset}
    />
  )
}
