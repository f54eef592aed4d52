'use client'
/** Invitations that nobody has taken up yet. */
import { useNow, useTranslations } from 'next-intl'
import { useState } from 'react'
import { ConfirmDelete } from '#console/confirm-delete.tsx'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { DataTable } from '#console/ui/data-table.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { Time } from '#console/ui/time.tsx'
import type { Invitation, Rights } from './roles.ts'

type Props = { invitations: readonly Invitation[]; rights: Rights; onChanged: () => Promise<void> }

export function InvitationTable({ invitations, rights, onChanged }: Props) {
  const t = useTranslations('Members')
  const shell = useTranslations('Shell')
  const client = useTRPCClient()
  const now = useNow()
  const [revoked, setRevoked] = useState<Invitation>()
  const { id = '', email = '' } = revoked ?? {}
  return (
    <>
      {invitations.length > 0 && (
        <Section id="invitations" title={t('invitations')} purpose={t('invitationsPurpose')}>
          <DataTable
            headingId="invitations"
            rows={invitations}
            keyOf={({ id }) => id}
            columns={[
              { label: t('email'), className: 'break', cell: ({ email }) => email },
              { label: t('role'), cell: ({ role }) => shell(`role_${role}`) },
              {
                label: t('validUntil'),
                cell: ({ expiresAt: at }) =>
                  new Date(at) <= now ? <span className="muted">{t('over')}</span> : <Time at={at} as="day" />,
              },
            ]}
            actions={(invitation) =>
              (invitation.role !== 'owner' || rights.isOwner) && (
                <button type="button" className="quiet" onClick={() => setRevoked(invitation)}>
                  {t('revoke')}
                </button>
              )
            }
          />
        </Section>
      )}
      <ConfirmDelete
        isOpen={revoked !== undefined}
        onClose={() => setRevoked(undefined)}
        title={t('revokeTitle')}
        intro={t('revokeIntro', { email })}
        verb={t('revokeVerb')}
        onDelete={() => client.people.revokeInvitation.mutate({ id }).then(onChanged)}
      />
    </>
  )
}
