'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { DataTable } from '#console/ui/data-table.tsx'
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
      <DataTable
        headingId="members"
        rows={members}
        keyOf={({ userId }) => userId}
        columns={[
          {
            label: t('name'),
            className: 'break',
            cell: ({ name, isYou }) => (
              <span>
                {name}
                {isYou && <span className="tag">{t('you')}</span>}
              </span>
            ),
          },
          { label: t('email'), className: 'break', cell: ({ email }) => email },
          {
            label: t('role'),
            cell: (member) =>
              mayManage(member) ? (
                <RoleChoice member={member} rights={rights} onChanged={onChanged} />
              ) : (
                shell(`role_${member.role}`)
              ),
          },
          { label: t('since'), cell: ({ since }) => <Time at={since} as="day" /> },
        ]}
        actions={
          rights.mayWrite &&
          ((member) =>
            mayManage(member) && (
              <button type="button" className="quiet" onClick={() => setRemoved(member)}>
                {t(member.isYou ? 'leave' : 'remove')}
              </button>
            ))
        }
      />
      {rights.mayWrite && <RemoveMember member={removed} onClose={() => setRemoved(undefined)} onRemoved={onChanged} />}
    </>
  )
}
