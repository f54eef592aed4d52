'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Time } from '#console/ui/time.tsx'
import { RemoveMember } from './remove-member.tsx'
import { RoleChoice } from './role-choice.tsx'
import type { Member, Rights } from './roles.ts'

type Props = { members: readonly Member[]; rights: Rights; onChanged: () => Promise<void> }

export function MemberTable({ members, rights, onChanged }: Props) {
  const t = useTranslations('Members')
  const shell = useTranslations('Shell')
  const [removed, setRemoved] = useState<Member>()
  const mayManage = ({ role }: Member) => rights.mayWrite && (role !== 'owner' || rights.isOwner)
  return (
    <>
      <div className="list">
        <table aria-labelledby="members">
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="col">{t('email')}</th>
              <th scope="col">{t('role')}</th>
              <th scope="col">{t('since')}</th>
              {rights.mayWrite && (
                <th scope="col">
                  <span className="unseen">{t('actions')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <tr key={member.userId}>
                <th scope="row" className="break">
                  <span>
                    {member.name}
                    {member.isYou && <span className="tag">{t('you')}</span>}
                  </span>
                </th>
                <td data-label={t('email')} className="break">
                  {member.email}
                </td>
                <td data-label={t('role')}>
                  {mayManage(member) ? (
                    <RoleChoice member={member} rights={rights} onChanged={onChanged} />
                  ) : (
                    shell(`role_${member.role}`)
                  )}
                </td>
                <td data-label={t('since')}>
                  <Time at={member.since} as="day" />
                </td>
                {rights.mayWrite && (
                  <td className="actions">
                    {mayManage(member) && (
                      <button type="button" className="quiet" onClick={() => setRemoved(member)}>
                        {t(member.isYou ? 'leave' : 'remove')}
                      </button>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rights.mayWrite && <RemoveMember member={removed} onClose={() => setRemoved(undefined)} onRemoved={onChanged} />}
    </>
  )
}
