'use client'
/** Asks before a template is deleted: an App then uses the default, a language its base, a scenario has none. */
import { useTranslations } from 'next-intl'
import type { TemplatePlace } from '#domain/templates/place.ts'
import { ConfirmDelete } from '../confirm-delete.tsx'
import type { AppName } from '../templates/list/chosen-app.ts'
import { useTRPCClient } from '../trpc/client.tsx'
import { kindOf } from './kind-of.ts'
import { useTemplateChanged } from './template-saving.ts'

type Props = {
  place: TemplatePlace
  app: AppName | null
  /** How many languages of its own go with it. */
  languages?: number
  isOpen: boolean
  onClose: () => void
  onDeleted: () => void
}

export function DeleteTemplate({ place, app, languages = 0, isOpen, onClose, onDeleted }: Props) {
  const t = useTranslations('Template')
  const client = useTRPCClient()
  const changed = useTemplateChanged()
  const kind = kindOf(place)
  const remove = async () => {
    await client.templates.reset.mutate(place)
    await changed(place)
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
