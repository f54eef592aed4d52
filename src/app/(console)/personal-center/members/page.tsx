/** The people of the organization, their roles, and who is invited. */
import './members.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { HydrateClient, prefetch, trpc } from '../../../trpc/server.tsx'
import { Words } from '../../../ui/words.tsx'
import { loadShell } from '../../load-shell.ts'
import { Members } from './members.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Members'))('title') }
}

export default async function MembersPage() {
  const { permissions, role } = await loadShell()
  await prefetch(trpc.people.members.queryOptions())
  return (
    <HydrateClient>
      <Words of={['Members', 'Shell', 'Problem', 'Error', 'Reason']}>
        <Members mayWrite={permissions.includes('members:write')} isOwner={role === 'owner'} />
      </Words>
    </HydrateClient>
  )
}
