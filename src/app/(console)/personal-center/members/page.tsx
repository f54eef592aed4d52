/** The people of the organization, their roles, and who is invited. */
import '#console/people/members/members.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Members } from '#console/people/members/members.tsx'
import { loadShell } from '#console/shell/load-shell.ts'
import { HydrateClient, prefetch, trpc } from '#console/trpc/server.tsx'
import { Words } from '#console/ui/words.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Members'))('title') }
}

export default async function MembersPage() {
  const { permissions, role } = await loadShell()
  await prefetch(trpc.people.members.queryOptions())
  return (
    <HydrateClient>
      <Words of={['Members', 'Form', 'Shell', 'Problem', 'Error', 'Reason']}>
        <Members mayWrite={permissions.includes('members:write')} isOwner={role === 'owner'} />
      </Words>
    </HydrateClient>
  )
}
