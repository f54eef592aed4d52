'use client'
/** Asks before an App is deleted. */
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { ConfirmDelete } from '../confirm-delete.tsx'
import { useTRPCClient } from '../trpc/client.tsx'
import type { App } from './edit-app.tsx'

export function DeleteApp({ app: { id, name }, isOpen, onClose }: { app: App; isOpen: boolean; onClose: () => void }) {
  const t = useTranslations('App')
  const client = useTRPCClient()
  const router = useRouter()
  return (
    <ConfirmDelete
      isOpen={isOpen}
      onClose={onClose}
      title={t('deleteTitle', { name })}
      intro={t('deleteIntro')}
      of={{ kind: 'app', id }}
      consequences={[t('deleteLog')]}
      verb={t('deleteVerb')}
      onDelete={() => client.apps.remove.mutate({ id }).then(() => router.replace('/apps'))}
    />
  )
}
