'use client'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { personalCenter } from '#console/links.ts'
import { useTRPC } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { PageHead } from '#console/ui/page-head.tsx'
import { InvitationTable } from './invitation-table.tsx'
import { Invite } from './invite.tsx'
import { InviteLink, type MadeInvitation } from './invite-link.tsx'
import { MemberTable } from './member-table.tsx'
import type { Rights } from './roles.ts'
import type { MemberSort } from './sorting.ts'

type Props = { sort: MemberSort; rights: Rights }

export function Members({ sort, rights }: Props) {
  const t = useTranslations('Members')
  const shell = useTranslations('Shell')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const { data } = useSuspenseQuery(trpc.people.members.queryOptions({ sort }))
  const [isInviting, setInviting] = useState(false)
  const [made, setMade] = useState<MadeInvitation>()
  const changed = () => queries.invalidateQueries({ queryKey: trpc.people.members.queryKey() })
  return (
    <>
      <PageHead
        crumbs={[{ label: shell('personalCenter'), href: personalCenter.href }]}
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
        <MemberTable members={data.members} sort={sort} rights={rights} onChanged={changed} />
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
