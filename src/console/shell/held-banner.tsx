'use client'
/** Says that nothing is sent until somebody releases it, and lets those who may do so. */
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPCClient } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { ShellData } from './load-shell.ts'

export function HeldBanner({ why }: { why: NonNullable<ShellData['held']> }) {
  const t = useTranslations('Held')
  const client = useTRPCClient()
  const router = useRouter()
  const [isAsking, setAsking] = useState(false)
  const release = async () => {
    await client.messages.release.mutate()
    router.refresh()
    return undefined
  }
  return (
    <aside className="sandbox" aria-label={t('label')}>
      <span>{t(why)}</span>
      <Button onClick={() => setAsking(true)}>{t('release')}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('releaseTitle')}
        consequences={[t('releaseQueued'), t('releaseAgain'), t('releaseEverybody')]}
        verb={t('release')}
        onConfirm={release}
      />
    </aside>
  )
}
