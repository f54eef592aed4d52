/** What an invitation offers to whom opens it: to join, to sign in first, to become a member anew; or that it is over. */
import { useTranslations } from 'next-intl'
import { LinkButton } from '#console/ui/button.tsx'
import { JoinForm } from './join-form.tsx'
import { JoinNow } from './join-now.tsx'
import type { Invited } from './load-invitation.ts'
import { OtherPerson } from './other-person.tsx'

type Props = { token: string; invited: Invited | undefined }

export function Invitation({ token, invited }: Props) {
  const t = useTranslations('Invite')
  const shell = useTranslations('Shell')
  if (!invited) {
    return (
      <>
        <h1>{t('over')}</h1>
        <p className="muted">{t('overHint')}</p>
      </>
    )
  }
  const { email, organization, role } = invited
  return (
    <>
      <h1>{t('heading', { organization })}</h1>
      <p className="muted small break">{t('purpose', { email, role: shell(`role_${role}`) })}</p>
      <NextStep token={token} invited={invited} />
    </>
  )
}

function NextStep({ token, invited: { email, signedInAs, known } }: { token: string; invited: Invited }) {
  const t = useTranslations('Invite')
  const here = `/invite/${encodeURIComponent(token)}`
  if (signedInAs?.toLowerCase() === email.toLowerCase()) return <JoinNow token={token} />
  if (signedInAs) return <OtherPerson signedInAs={signedInAs} here={here} />
  if (!known) return <JoinForm token={token} email={email} />
  return (
    <p className="invite-next">
      <LinkButton kind="primary" isWide isDocument href={`/sign-in?next=${encodeURIComponent(here)}`}>
        {t('signInFirst')}
      </LinkButton>
    </p>
  )
}
