'use client'
/** Asks before somebody is taken out of the organization, oneself included. */
import { useTranslations } from 'next-intl'
import { ConfirmDelete } from '#console/confirm-delete.tsx'
import { useTRPCClient } from '#console/trpc/client.tsx'
import type { Member } from './roles.ts'

type Props = { member: Member | undefined; onClose: () => void; onRemoved: () => Promise<void> }

export function RemoveMember({ member, onClose, onRemoved }: Props) {
  const t = useTranslations('Members')
  const client = useTRPCClient()
  const { userId = '', isYou = false } = member ?? {}
  const remove = async () => {
    await client.people.removeMember.mutate({ userId })
    // Nothing of the organization may be shown to somebody who has left it.
    if (isYou) location.assign('/')
    else await onRemoved()
  }
  return (
    <ConfirmDelete
      isOpen={member !== undefined}
      onClose={onClose}
      title={isYou ? t('leaveTitle') : t('removeTitle', { name: member?.name ?? '' })}
      intro={isYou ? t('leaveIntro') : t('removeIntro', { email: member?.email ?? '' })}
      consequences={[t('removeAccess'), t('removeTrail')]}
      verb={t(isYou ? 'leaveVerb' : 'removeVerb')}
      onDelete={remove}
    />
  )
}
