/** What a person sets about themselves: name, language, password, and where they are signed in. */
import '#console/people/profile/profile.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { personalCenter } from '#console/links.ts'
import { IncidentNotices } from '#console/people/profile/incident-notices.tsx'
import { PasswordForm } from '#console/people/profile/password-form.tsx'
import { ProfileForm } from '#console/people/profile/profile-form.tsx'
import { Sessions } from '#console/people/profile/sessions.tsx'
import { loadShell } from '#console/shell/load-shell.ts'
import { HydrateClient, prefetch, trpc } from '#console/trpc/server.tsx'
import { PageHead } from '#console/ui/page-head.tsx'
import { Words } from '#console/ui/words.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Profile'))('title') }
}

export default async function ProfilePage() {
  const [{ user }, t, shell] = await Promise.all([loadShell(), getTranslations('Profile'), getTranslations('Shell')])
  await prefetch(trpc.people.sessions.queryOptions())
  return (
    <HydrateClient>
      <Words of={['Profile', 'Incidents', 'Form', 'Problem', 'Error', 'Reason']}>
        <PageHead
          crumbs={[{ label: shell('personalCenter'), href: personalCenter.href }]}
          title={t('title')}
          purpose={user.email}
        />
        <ProfileForm name={user.name} language={user.language} />
        <PasswordForm email={user.email} />
        <IncidentNotices />
        <Sessions />
      </Words>
    </HydrateClient>
  )
}
