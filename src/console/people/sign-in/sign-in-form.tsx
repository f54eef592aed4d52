'use client'
import { useTranslations } from 'next-intl'
import { Button } from '#console/ui/button.tsx'
import { TextField } from '#console/ui/fields.tsx'
import { FormBody, type FormProblem, type FormValues, useSave } from '#console/ui/form.tsx'
import { SecretInput } from '#console/ui/secret-input.tsx'
import { signInWith } from './sign-in-with.ts'

type Translate = ReturnType<typeof useTranslations<'SignIn'>>

const emptyFields = (t: Translate, { email, password }: FormValues): Record<string, string> => ({
  ...(!email?.trim() && { email: t('emailMissing') }),
  ...(!password && { password: t('passwordMissing') }),
})

/** What a refused sign-in says. Which of the two was wrong is never told. */
function problemOf(t: Translate, response: Response | undefined): FormProblem {
  if (!response) return { result: { tone: 'red', title: t('unreachable'), next: t('unreachableHint') } }
  if (response.status === 429) {
    const seconds = Number(response.headers.get('x-retry-after') ?? response.headers.get('retry-after')) || 60
    return { result: { tone: 'amber', title: t('tooMany'), next: t('tooManyHint', { seconds }) } }
  }
  if (response.status >= 500) {
    const requestId = response.headers.get('x-request-id') ?? undefined
    return { result: { tone: 'red', title: t('failed'), next: t('failedHint'), requestId } }
  }
  return { result: { tone: 'red', title: t('wrong') } }
}

export function SignInForm({ next }: { next: string }) {
  const t = useTranslations('SignIn')
  const signIn = async (values: FormValues): Promise<FormProblem | undefined> => {
    const fields = emptyFields(t, values)
    if (Object.keys(fields).length > 0) return { fields }
    const response = await signInWith(values.email?.trim() ?? '', values.password ?? '')
    if (!response?.ok) return problemOf(t, response)
    location.assign(next)
    return undefined
  }
  const { form, submit, isBusy, problem } = useSave(signIn)
  return (
    <form ref={form} className="form" method="post" noValidate onSubmit={submit}>
      <FormBody problem={problem}>
        <TextField name="email" type="email" label={t('email')} autoComplete="username" autoFocus />
        <SecretInput name="password" label={t('password')} autoComplete="current-password" />
      </FormBody>
      <Button kind="primary" type="submit" isWide isBusy={isBusy}>
        {t('submit')}
      </Button>
    </form>
  )
}
