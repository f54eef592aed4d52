/** The people of the organization, their roles, and who is invited. */
import '#console/people/members/members.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Members } from '#console/people/members/members.tsx'
import { readMemberSort } from '#console/people/members/sorting.ts'
import { loadShell } from '#console/shell/load-shell.ts'
import { HydrateClient, prefetch, trpc } from '#console/trpc/server.tsx'
import type { SearchParams } from '#console/ui/search-params.ts'
import { Words } from '#console/ui/words.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Members'))('title') }
}

export default async function MembersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { permissions, role } = await loadShell()
  const sort = readMemberSort(await searchParams)
  await prefetch(trpc.people.members.queryOptions({ sort }))
  return (
    <HydrateClient>
      <Words of={['Members', 'Form', 'Shell', 'Problem', 'Error', 'Reason']}>
        <Members sort={sort} rights={{ mayWrite: permissions.includes('members:write'), isOwner: role === 'owner' }} />
      </Words>
    </HydrateClient>
  )
}
