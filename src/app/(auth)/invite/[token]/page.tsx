/** An invitation's link: somebody new chooses a name and a password, somebody known joins with the account they have. */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Invitation } from '#console/people/sign-in/invitation.tsx'
import { loadInvitation } from '#console/people/sign-in/load-invitation.ts'
import { Queries } from '#console/trpc/client.tsx'
import { Words } from '#console/ui/words.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Invite'))('title'), referrer: 'no-referrer' }
}

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const invited = await loadInvitation(token)
  return (
    <Words of={['Invite', 'Form', 'Problem', 'Error', 'Reason']}>
      <Queries>
        <Invitation token={token} invited={invited} />
      </Queries>
    </Words>
  )
}
