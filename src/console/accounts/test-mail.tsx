'use client'
/** Starts a check whose last stage sends a real mail. */
import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/fields.tsx'
import { FormBody, type FormValues, useSave } from '../ui/form.tsx'

type Props = {
  /** The address that was tried last, and why it was not taken. */
  address: string | undefined
  addressProblem: string | undefined
  onValidate: (testRecipient: string) => void
}

export function TestMail({ address, addressProblem, onValidate }: Props) {
  const t = useTranslations('Accounts')
  const start = async ({ testRecipient = '' }: FormValues) => {
    if (!testRecipient.trim()) return { fields: { testRecipient: t('addressMissing') } }
    onValidate(testRecipient.trim())
    return undefined
  }
  const { form, submit, problem } = useSave(start)
  return (
    <form ref={form} className="form test-mail" noValidate onSubmit={submit}>
      <FormBody problem={problem ?? (addressProblem ? { fields: { testRecipient: addressProblem } } : undefined)}>
        <TextField
          name="testRecipient"
          type="email"
          label={t('testMailTo')}
          autoComplete="email"
          maxLength={320}
          defaultValue={addressProblem && address}
        />
      </FormBody>
      <Button type="submit">{t('sendTestMail')}</Button>
    </form>
  )
}
