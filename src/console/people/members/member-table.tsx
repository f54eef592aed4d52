'use client'
import { NativeSelect } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { DataTable } from '#console/ui/data-table.tsx'
import { useEarlyEntries } from '#console/ui/early-entries.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Time } from '#console/ui/time.tsx'
import { RemoveMember } from './remove-member.tsx'
import { type Member, type Rights, type Role, rolesFor } from './roles.ts'
import { type MemberSort, memberSorting } from './sorting.ts'

type Props = { members: readonly Member[]; sort: MemberSort; rights: Rights; onChanged: () => Promise<void> }

export function MemberTable({ members, sort, rights, onChanged }: Props) {
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
            sorting: memberSorting('name', sort),
            className: 'break',
            cell: ({ name, isYou }) => (
              <span>
                {name}
                {isYou && <span className="tag">{t('you')}</span>}
              </span>
            ),
          },
          { label: t('email'), sorting: memberSorting('email', sort), className: 'break', cell: ({ email }) => email },
          {
            label: t('role'),
            sorting: memberSorting('role', sort),
            cell: (member) =>
              mayManage(member) ? (
                <RoleChoice member={member} rights={rights} onChanged={onChanged} />
              ) : (
                shell(`role_${member.role}`)
              ),
          },
          {
            label: t('since'),
            sorting: memberSorting('since', sort),
            cell: ({ since }) => <Time at={since} as="day" />,
          },
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

type RoleChoiceProps = { member: Member; rights: Rights; onChanged: () => Promise<void> }

/** The role of a member. A chosen one is saved by a button of its own, so that walking through the list changes nothing. */
function RoleChoice({ member, rights, onChanged }: RoleChoiceProps) {
  const t = useTranslations('Members')
  const common = useTranslations('Common')
  const shell = useTranslations('Shell')
  const words = useProblemWords()
  const client = useTRPCClient()
  const router = useRouter()
  const [chosen, choose] = useState<Role>(member.role)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const place = useRef<HTMLDivElement>(null)
  useEarlyEntries(place)
  const leave = () => {
    choose(member.role)
    setProblem(undefined)
  }
  const save = async () => {
    if (isBusy) return
    setBusy(true)
    try {
      await client.people.changeRole.mutate({ userId: member.userId, role: chosen })
      setProblem(undefined)
      await onChanged()
      // What one may do oneself is decided on the server.
      if (member.isYou) router.refresh()
    } catch (error) {
      setProblem(words.result(error).title)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div ref={place} className="role-choice">
      <NativeSelect
        aria-label={t('roleOf', { name: member.name })}
        value={chosen}
        data={rolesFor(rights).map((role) => ({ value: role, label: shell(`role_${role}`) }))}
        onChange={(event) => choose(rolesFor(rights).find((role) => role === event.target.value) ?? chosen)}
      />
      {chosen !== member.role && (
        <>
          <button type="button" className="quiet" data-accent aria-busy={isBusy} onClick={save}>
            {common('save')}
          </button>
          <button type="button" className="quiet" onClick={leave}>
            {common('cancel')}
          </button>
        </>
      )}
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
