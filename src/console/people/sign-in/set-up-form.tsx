'use client'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { TextField } from '#console/ui/fields.tsx'
import { FormBody, type FormProblem, type FormValues, useSave } from '#console/ui/form.tsx'
import { domainErrorOf, useProblemWords } from '#console/ui/problem-words.tsx'
import { SecretInput } from '#console/ui/secret-input.tsx'
import { signInWith } from './sign-in-with.ts'

/** @param secret of the link; without one, or with a wrong one, it is asked for */
export function SetUpForm({ secret }: { secret: string }) {
  const t = useTranslations('SetUp')
  const words = useProblemWords()
  const client = useTRPCClient()
  const [given] = useState(secret)
  // An address is read over shoulders, and stays in the history.
  useEffect(() => window.history.replaceState(null, '', window.location.pathname), [])
  const [asksSecret, setAsksSecret] = useState(given === '')
  const setUp = async (values: FormValues): Promise<FormProblem | undefined> => {
    const { secret = given, organization = '', name = '', email = '', password = '' } = values
    try {
      await client.people.setUp.mutate({ secret, organization, name, email: email.trim(), password })
    } catch (error) {
      if (domainErrorOf(error)?.data.reason === 'already_set_up') {
        return { result: { tone: 'amber', title: t('already'), action: <Link href="/sign-in">{t('toSignIn')}</Link> } }
      }
      const refused = words.form(error, { inputs: ['secret', 'organization', 'name', 'email', 'password'] })
      if (refused.fields?.secret) setAsksSecret(true)
      return refused
    }
    const response = await signInWith(email.trim(), password)
    location.assign(response?.ok ? '/' : '/sign-in')
    return undefined
  }
  const { form, submit, isBusy, problem } = useSave(setUp)
  return (
    <form ref={form} className="form" method="post" noValidate onSubmit={submit}>
      <FormBody problem={problem}>
        {asksSecret && (
          <TextField
            name="secret"
            label={t('secret')}
            help={t('secretHelp')}
            required
            autoComplete="off"
            maxLength={100}
            defaultValue={given}
            autoFocus
          />
        )}
        <TextField
          name="organization"
          label={t('organization')}
          help={t('organizationHelp')}
          required
          autoComplete="organization"
          maxLength={80}
          autoFocus={!asksSecret}
        />
        <TextField name="name" label={t('name')} required autoComplete="name" maxLength={80} />
        <TextField name="email" type="email" label={t('email')} required autoComplete="username" />
        <SecretInput
          name="password"
          label={t('password')}
          help={t('passwordHelp')}
          required
          autoComplete="new-password"
        />
      </FormBody>
      <Button kind="primary" type="submit" isWide isBusy={isBusy}>
        {t('submit')}
      </Button>
    </form>
  )
}
