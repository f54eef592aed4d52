'use client'
/** Asks before a template is deleted: an App then uses the default, a language its base, a scenario has none. */
import { useTranslations } from 'next-intl'
import type { TemplateKey } from '#domain/templates/template-key.ts'
import { ConfirmDelete } from '../confirm-delete.tsx'
import type { AppName } from '../templates/list/chosen-app.ts'
import { useTRPCClient } from '../trpc/client.tsx'
import { kindOf } from './kind-of.ts'
import { useTemplateChanged } from './template-saving.ts'

type Props = {
  templateKey: TemplateKey
  app: AppName | null
  /** How many languages of its own go with it. */
  languages?: number
  isOpen: boolean
  onClose: () => void
  onDeleted: () => void
}

export function DeleteTemplate({ templateKey, app, languages = 0, isOpen, onClose, onDeleted }: Props) {
  const t = useTranslations('Template')
  const client = useTRPCClient()
  const changed = useTemplateChanged()
  const kind = kindOf(templateKey)
  const remove = async () => {
    await client.templates.reset.mutate(templateKey)
    await changed(templateKey)
    onDeleted()
  }
  return (
    <ConfirmDelete
      isOpen={isOpen}
      onClose={onClose}
      title={t(`deleteTitle_${kind}`)}
      consequences={[
        t(`deleteThen_${kind}`, { app: app?.name ?? '' }),
        ...(languages > 0 ? [t('deleteLanguages', { count: languages })] : []),
        t('deleteVersions'),
      ]}
      verb={t(`delete_${kind}`)}
      onDelete={remove}
    />
  )
}
