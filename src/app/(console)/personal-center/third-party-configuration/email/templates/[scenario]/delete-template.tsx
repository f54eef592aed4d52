'use client'
/** Asks before a template is deleted: an App then uses the default, a language its base, a scenario has none. */
import { useTranslations } from 'next-intl'
import { useTRPCClient } from '../../../../../../trpc/client.tsx'
import { ConfirmDialog } from '../../../../../../ui/confirm-dialog.tsx'
import { useProblemWords } from '../../../../../../ui/problem-words.tsx'
import type { DialogsProps } from './editing-props.ts'
import { useTemplateChanged } from './use-saving.ts'

type Props = DialogsProps & { isOpen: boolean; onClose: () => void }

export function DeleteTemplate({ about, variants, draft, isOpen, onClose, onDeleted }: Props) {
  const t = useTranslations('Template')
  const client = useTRPCClient()
  const words = useProblemWords()
  const changed = useTemplateChanged()
  const { app, place } = about
  const kind = place.appId ? 'override' : place.locale ? 'variant' : 'base'
  const languages = place.locale ? 0 : variants.filter(({ appId, locale }) => appId === place.appId && locale).length
  const remove = async () => {
    try {
      await client.templates.reset.mutate(place)
    } catch (error) {
      return words.result(error)
    }
    draft.forget()
    await changed(place)
    onDeleted()
    return undefined
  }
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t(`deleteTitle_${kind}`)}
      consequences={[
        t(`deleteThen_${kind}`, { app: app?.name ?? '' }),
        ...(languages > 0 ? [t('deleteLanguages', { count: languages })] : []),
        t('deleteVersions'),
      ]}
      verb={t(`delete_${kind}`)}
      onConfirm={remove}
    />
  )
}
