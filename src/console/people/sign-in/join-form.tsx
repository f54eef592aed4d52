'use client'
/** For somebody new: a name and a password, and they are in. */
import { useTranslations } from 'next-intl'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { TextField } from '#console/ui/fields.tsx'
import { FormBody, type FormValues, useSave } from '#console/ui/form.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { SecretInput } from '#console/ui/secret-input.tsx'
import { signInWith } from './sign-in-with.ts'

export function JoinForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations('Invite')
  const words = useProblemWords()
  const client = useTRPCClient()
  const join = async ({ name = '', password = '' }: FormValues) => {
    try {
      await client.people.acceptInvitation.mutate({ token, name, password })
    } catch (error) {
      return words.form(error, { inputs: ['name', 'password'] })
    }
    const response = await signInWith(email, password)
    location.assign(response?.ok ? '/' : '/sign-in')
    return undefined
  }
  const { form, submit, isBusy, problem } = useSave(join)
  return (
    <form ref={form} className="form" method="post" noValidate onSubmit={submit}>
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <FormBody problem={problem}>
        <TextField name="name" label={t('name')} required autoComplete="name" maxLength={80} autoFocus />
        <SecretInput
          name="password"
          label={t('password')}
          help={t('passwordHelp')}
          required
          autoComplete="new-password"
        />
      </FormBody>
      <Button kind="primary" type="submit" isWide isBusy={isBusy}>
        {t('join')}
      </Button>
    </form>
  )
}
