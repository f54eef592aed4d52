/** Sign-in. Afterwards the person goes on to where they were going, if that is on this site. */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SignInForm } from '#console/people/sign-in/sign-in-form.tsx'
import { sitePath } from '#console/people/sign-in/site-path.ts'
import { Words } from '#console/ui/words.tsx'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('SignIn'))('title') }
}

export default async function SignInPage({ searchParams }: Props) {
  const t = await getTranslations('SignIn')
  return (
    <>
      <h1>{t('title')}</h1>
      <Words of={['SignIn', 'Form']}>
        <SignInForm next={sitePath((await searchParams).next)} />
      </Words>
    </>
  )
}
