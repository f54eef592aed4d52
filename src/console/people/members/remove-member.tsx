'use client'
/** Asks before somebody is taken out of the organization, oneself included. */
import { useTranslations } from 'next-intl'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import type { Member } from './roles.ts'

type Props = { member: Member | undefined; onClose: () => void; onRemoved: () => Promise<void> }

export function RemoveMember({ member, onClose, onRemoved }: Props) {
  const t = useTranslations('Members')
  const words = useProblemWords()
  const client = useTRPCClient()
  const remove = async () => {
    if (!member) return undefined
    try {
      await client.people.removeMember.mutate({ userId: member.userId })
    } catch (error) {
      return words.result(error)
    }
    // Nothing of the organization may be shown to somebody who has left it.
    if (member.isYou) location.assign('/')
    else await onRemoved()
    return undefined
  }
  const isYou = member?.isYou ?? false
  return (
    <ConfirmDialog
      isOpen={member !== undefined}
      onClose={onClose}
      title={isYou ? t('leaveTitle') : t('removeTitle', { name: member?.name ?? '' })}
      intro={isYou ? t('leaveIntro') : t('removeIntro', { email: member?.email ?? '' })}
      consequences={[t('removeAccess'), t('removeTrail')]}
      verb={t(isYou ? 'leaveVerb' : 'removeVerb')}
      onConfirm={remove}
    />
  )
}
