/** The first visit: whoever comes first becomes the owner. Afterwards there is nothing here any more. */
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Queries } from '../../trpc/client.tsx'
import { caller } from '../../trpc/server.tsx'
import { Words } from '../../ui/words.tsx'
import { SetUpForm } from './set-up-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('SetUp'))('title') }
}

export default async function SetUpPage() {
  if (!(await caller().people.needsSetUp())) redirect('/sign-in')
  const t = await getTranslations('SetUp')
  return (
    <>
      <h1>{t('title')}</h1>
      <p className="muted small">{t('purpose')}</p>
      <Words of={['SetUp', 'Problem', 'Error', 'Reason']}>
        <Queries>
          <SetUpForm />
        </Queries>
      </Words>
    </>
  )
}
