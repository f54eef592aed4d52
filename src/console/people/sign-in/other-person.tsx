'use client'
/** For a browser in which somebody else is signed in: an invitation is only for the address it was made for. */
import { useTranslations } from 'next-intl'
import { Button } from '#console/ui/button.tsx'
import { Result } from '#console/ui/result.tsx'

export function OtherPerson({ signedInAs, here }: { signedInAs: string; here: string }) {
  const t = useTranslations('Invite')
  const signOut = async () => {
    await fetch('/api/auth/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    location.assign(here)
  }
  return (
    <div className="form invite-next">
      <Result tone="amber" title={t('other', { email: signedInAs })} next={t('otherHint')} />
      <Button isWide onClick={signOut}>
        {t('signOut')}
      </Button>
    </div>
  )
}
