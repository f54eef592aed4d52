/** An invitation's link: somebody new chooses a name and a password, somebody known joins with the account they have. */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { JoinForm } from '#console/people/sign-in/join-form.tsx'
import { JoinNow } from '#console/people/sign-in/join-now.tsx'
import { loadInvitation } from '#console/people/sign-in/load-invitation.ts'
import { OtherPerson } from '#console/people/sign-in/other-person.tsx'
import { Queries } from '#console/trpc/client.tsx'
import { Words } from '#console/ui/words.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Invite'))('title'), referrer: 'no-referrer' }
}

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [found, t, shell] = await Promise.all([
    loadInvitation(token),
    getTranslations('Invite'),
    getTranslations('Shell'),
  ])
  if (!found) {
    return (
      <>
        <h1>{t('over')}</h1>
        <p className="muted">{t('overHint')}</p>
      </>
    )
  }
  const { email, organization, role, signedInAs, known } = found
  const here = `/invite/${encodeURIComponent(token)}`
  const isSame = signedInAs?.toLowerCase() === email.toLowerCase()
  return (
    <>
      <h1>{t('heading', { organization })}</h1>
      <p className="muted small break">{t('purpose', { email, role: shell(`role_${role}`) })}</p>
      <Interactive>
        {isSame ? (
          <JoinNow token={token} />
        ) : signedInAs ? (
          <OtherPerson signedInAs={signedInAs} here={here} />
        ) : known ? (
          <p className="invite-next">
            <a
              className="button"
              data-kind="primary"
              data-wide="true"
              href={`/sign-in?next=${encodeURIComponent(here)}`}
            >
              {t('signInFirst')}
            </a>
          </p>
        ) : (
          <JoinForm token={token} email={email} />
        )}
      </Interactive>
    </>
  )
}

function Interactive({ children }: { children: ReactNode }) {
  return (
    <Words of={['Invite', 'Problem', 'Error', 'Reason']}>
      <Queries>{children}</Queries>
    </Words>
  )
}
