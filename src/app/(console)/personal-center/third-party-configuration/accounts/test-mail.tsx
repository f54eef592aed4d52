'use client'
/** Starts a check whose last stage sends a real mail. */
import { useTranslations } from 'next-intl'
import { Button } from '../../../../ui/button.tsx'
import { TextField } from '../../../../ui/fields.tsx'
import { FormBody, type FormValues, useSave } from '../../../../ui/form.tsx'

export function TestMail({ onValidate }: { onValidate: (testRecipient: string) => void }) {
  const t = useTranslations('Accounts')
  const start = async ({ testRecipient = '' }: FormValues) => {
    if (!testRecipient.trim()) return { fields: { testRecipient: t('addressMissing') } }
    onValidate(testRecipient.trim())
    return undefined
  }
  const { form, submit, problem } = useSave(start)
  return (
    <form ref={form} className="form test-mail" noValidate onSubmit={submit}>
      <FormBody problem={problem}>
        <TextField name="testRecipient" type="email" label={t('testMailTo')} autoComplete="email" maxLength={320} />
      </FormBody>
      <Button type="submit">{t('sendTestMail')}</Button>
    </form>
  )
}
