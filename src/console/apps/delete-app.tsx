'use client'
/** Asks before an App is deleted: what goes with it, counted. */
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import type { App } from './edit-app.tsx'

export function DeleteApp({ app, isOpen, onClose }: { app: App; isOpen: boolean; onClose: () => void }) {
  const t = useTranslations('App')
  const words = useProblemWords()
  const client = useTRPCClient()
  const router = useRouter()
  const trpc = useTRPC()
  const found = useQuery(
    trpc.apps.dependents.queryOptions({ id: app.id }, { enabled: isOpen, staleTime: 0, gcTime: 0 }),
  )
  const remove = async () => {
    try {
      await client.apps.remove.mutate({ id: app.id })
      router.replace('/apps')
      return undefined
    } catch (error) {
      return words.result(error)
    }
  }
  const { keys = 0, templates = 0, queuedMessages = 0 } = found.data ?? {}
  const consequences = found.isPending
    ? [t('lookingUp')]
    : [
        ...(keys > 0 ? [t('deleteKeys', { count: keys })] : []),
        ...(templates > 0 ? [t('deleteTemplates', { count: templates })] : []),
        ...(queuedMessages > 0 ? [t('deleteQueued', { count: queuedMessages })] : []),
        t('deleteLog'),
      ]
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('deleteTitle', { name: app.name })}
      intro={t('deleteIntro')}
      consequences={consequences}
      verb={t('deleteVerb')}
      onConfirm={remove}
    />
  )
}
