/** Sign-in. Afterwards the person goes on to where they were going, if that is on this site. */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Words } from '../../ui/words.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { sitePath } from './site-path.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('SignIn'))('title') }
}

export default async function SignInPage({ searchParams }: Props) {
  const t = await getTranslations('SignIn')
  return (
    <>
      <h1>{t('title')}</h1>
      <Words of={['SignIn']}>
        <SignInForm next={sitePath((await searchParams).next)} />
      </Words>
    </>
  )
}
