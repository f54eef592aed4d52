/** The first visit: who has the link that the start prints becomes the owner. Afterwards there is nothing here any more. */
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { SetUpForm } from '#console/people/sign-in/set-up-form.tsx'
import { Queries } from '#console/trpc/client.tsx'
import { caller } from '#console/trpc/server.tsx'
import { Words } from '#console/ui/words.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('SetUp'))('title'), referrer: 'no-referrer' }
}

type Props = { searchParams: Promise<{ secret?: string | string[] }> }

export default async function SetUpPage({ searchParams }: Props) {
  if (!(await caller().people.needsSetUp())) redirect('/sign-in')
  const t = await getTranslations('SetUp')
  const { secret } = await searchParams
  return (
    <>
      <h1>{t('title')}</h1>
      <p className="muted small">{t('purpose')}</p>
      <Words of={['SetUp', 'Form', 'Problem', 'Error', 'Reason']}>
        <Queries>
          <SetUpForm secret={typeof secret === 'string' ? secret : ''} />
        </Queries>
      </Words>
    </>
  )
}
