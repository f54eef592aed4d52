'use client'
/** Invitations that nobody has taken up yet. */
import { useNow, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Time } from '#console/ui/time.tsx'
import type { Invitation, Rights } from './roles.ts'

type Props = { invitations: readonly Invitation[]; rights: Rights; onChanged: () => Promise<void> }

export function InvitationTable({ invitations, rights, onChanged }: Props) {
  const t = useTranslations('Members')
  const shell = useTranslations('Shell')
  const words = useProblemWords()
  const client = useTRPCClient()
  const now = useNow()
  const [revoked, setRevoked] = useState<Invitation>()
  const revoke = async () => {
    if (!revoked) return undefined
    try {
      await client.people.revokeInvitation.mutate({ id: revoked.id })
      await onChanged()
      return undefined
    } catch (error) {
      return words.result(error)
    }
  }
  return (
    <>
      {invitations.length > 0 && (
        <Section id="invitations" title={t('invitations')} purpose={t('invitationsPurpose')}>
          <div className="list">
            <table aria-labelledby="invitations">
              <thead>
                <tr>
                  <th scope="col">{t('email')}</th>
                  <th scope="col">{t('role')}</th>
                  <th scope="col">{t('validUntil')}</th>
                  <th scope="col">
                    <span className="unseen">{t('actions')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {invitations.map((invitation) => (
                  <tr key={invitation.id}>
                    <th scope="row" className="break">
                      {invitation.email}
                    </th>
                    <td data-label={t('role')}>{shell(`role_${invitation.role}`)}</td>
                    <td data-label={t('validUntil')}>
                      {new Date(invitation.expiresAt) <= now ? (
                        <span className="muted">{t('over')}</span>
                      ) : (
                        <Time at={invitation.expiresAt} as="day" />
                      )}
                    </td>
                    <td className="actions">
                      {(invitation.role !== 'owner' || rights.isOwner) && (
                        <button type="button" className="quiet" onClick={() => setRevoked(invitation)}>
                          {t('revoke')}
                        </button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Section>
      )}
      <ConfirmDialog
        isOpen={revoked !== undefined}
        onClose={() => setRevoked(undefined)}
        title={t('revokeTitle')}
        intro={t('revokeIntro', { email: revoked?.email ?? '' })}
        verb={t('revokeVerb')}
        onConfirm={revoke}
      />
    </>
  )
}
