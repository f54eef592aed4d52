'use client'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { AppRouter } from '#api/router.ts'
import { useTRPC } from '../../../trpc/client.tsx'
import { Button } from '../../../ui/button.tsx'
import { PageHead } from '../../../ui/page-head.tsx'
import { InvitationTable } from './invitation-table.tsx'
import { Invite } from './invite.tsx'
import { InviteLink, type MadeInvitation } from './invite-link.tsx'
import { MemberTable } from './member-table.tsx'

type Listed = inferRouterOutputs<AppRouter>['people']['members']
export type Member = Listed['members'][number]
export type Invitation = Listed['invitations'][number]
export type Role = Member['role']
/** What this person may do: manage members at all; manage owners too. */
export type Rights = { mayWrite: boolean; isOwner: boolean }

/** The roles that somebody may give: owners are made by owners. */
export const rolesFor = ({ isOwner }: Rights): Role[] =>
  isOwner ? ['owner', 'admin', 'author', 'viewer'] : ['admin', 'author', 'viewer']

export function Members(rights: Rights) {
  const t = useTranslations('Members')
  const shell = useTranslations('Shell')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const { data } = useSuspenseQuery(trpc.people.members.queryOptions())
  const [isInviting, setInviting] = useState(false)
  const [made, setMade] = useState<MadeInvitation>()
  const changed = () => queries.invalidateQueries({ queryKey: trpc.people.members.queryKey() })
  return (
    <>
      <PageHead
        crumbs={[{ label: shell('personalCenter') }]}
        title={<span id="members">{t('title')}</span>}
        purpose={t('purpose')}
        action={
          rights.mayWrite && (
            <Button kind="primary" onClick={() => setInviting(true)}>
              {t('invite')}
            </Button>
          )
        }
      />
      {made && <InviteLink key={made.url} {...made} onDone={() => setMade(undefined)} />}
      <div className="section">
        <MemberTable members={data.members} rights={rights} onChanged={changed} />
      </div>
      {rights.mayWrite && (
        <>
          <InvitationTable invitations={data.invitations} rights={rights} onChanged={changed} />
          <Invite
            rights={rights}
            isOpen={isInviting}
            onClose={() => setInviting(false)}
            onMade={(invitation) => {
              setMade(invitation)
              changed()
            }}
          />
        </>
      )}
    </>
  )
}
