/** What a person sets about themselves: name, language, password, and where they are signed in. */
import './profile.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { HydrateClient, prefetch, trpc } from '../../../trpc/server.tsx'
import { PageHead } from '../../../ui/page-head.tsx'
import { Words } from '../../../ui/words.tsx'
import { loadShell } from '../../load-shell.ts'
import { PasswordForm } from './password-form.tsx'
import { ProfileForm } from './profile-form.tsx'
import { Sessions } from './sessions.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Profile'))('title') }
}

export default async function ProfilePage() {
  const [{ user }, t, shell] = await Promise.all([loadShell(), getTranslations('Profile'), getTranslations('Shell')])
  await prefetch(trpc.people.sessions.queryOptions())
  return (
    <HydrateClient>
      <Words of={['Profile', 'Problem', 'Error', 'Reason']}>
        <PageHead crumbs={[{ label: shell('personalCenter') }]} title={t('title')} purpose={user.email} />
        <ProfileForm name={user.name} language={user.language} />
        <PasswordForm email={user.email} />
        <Sessions />
      </Words>
    </HydrateClient>
  )
}
