'use client'
/** Puts a message that ended badly back in the queue, once the person has said so twice. */
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'

export function Resend({ id, recipient }: { id: string; recipient: string }) {
  const t = useTranslations('Message')
  const words = useProblemWords()
  const router = useRouter()
  const [isAsking, setAsking] = useState(false)
  const resend = useMutation(useTRPC().messages.resend.mutationOptions())
  const confirm = async () => {
    try {
      await resend.mutateAsync({ id })
    } catch (error) {
      return words.result(error)
    }
    router.refresh()
    return undefined
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('resend')}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('resendAsk')}
        intro={t('resendWhat', { recipient })}
        verb={t('resend')}
        onConfirm={confirm}
      />
    </>
  )
}
