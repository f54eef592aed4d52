'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { isLocale, localeCookie, localeNames, locales } from '#console/shell/locale.ts'
import { forgetChoice, rememberChoice } from '#console/shell/remember-choice.ts'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { SelectField, TextField } from '#console/ui/fields.tsx'
import { FormBody, type FormValues, useSave } from '#console/ui/form.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result } from '#console/ui/result.tsx'

export function ProfileForm({ name, language }: { name: string; language: string | null }) {
  const t = useTranslations('Profile')
  const words = useProblemWords()
  const client = useTRPCClient()
  const router = useRouter()
  const [isSaved, setSaved] = useState(false)
  const save = async (values: FormValues) => {
    setSaved(false)
    const chosen = isLocale(values.language) ? values.language : null
    try {
      await client.people.changeProfile.mutate({ name: values.name ?? '', language: chosen })
    } catch (error) {
      return words.form(error, { inputs: ['name', 'language'] })
    }
    if (chosen) rememberChoice(localeCookie, chosen)
    else forgetChoice(localeCookie)
    setSaved(true)
    router.refresh()
    return undefined
  }
  const { form, submit, isBusy, problem } = useSave(save)
  return (
    <Section id="about-you" title={t('aboutYou')}>
      <form ref={form} className="form narrow" method="post" noValidate onSubmit={submit}>
        <FormBody problem={problem}>
          <TextField name="name" label={t('name')} required autoComplete="name" maxLength={80} defaultValue={name} />
          <SelectField
            name="language"
            label={t('language')}
            help={t('languageHelp')}
            defaultValue={language ?? ''}
            options={[
              { value: '', label: t('ofBrowser') },
              ...locales.map((value) => ({ value, label: localeNames[value] })),
            ]}
          />
        </FormBody>
        <div className="form-end">
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {t('save')}
          </Button>
        </div>
        {isSaved && <Result tone="green" title={t('saved')} />}
      </form>
    </Section>
  )
}
