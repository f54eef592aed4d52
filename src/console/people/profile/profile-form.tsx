'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { isLocale, localeCookie, localeNames, locales } from '#console/shell/locale.ts'
import { forgetChoice, rememberChoice } from '#console/shell/remember-choice.ts'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { SelectField, TextField } from '#console/ui/fields.tsx'
import type { FormValues } from '#console/ui/form.tsx'
import { PageForm } from '#console/ui/page-form.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'

export function ProfileForm({ name, language }: { name: string; language: string | null }) {
  const t = useTranslations('Profile')
  const words = useProblemWords()
  const client = useTRPCClient()
  const router = useRouter()
  const save = async (values: FormValues) => {
    const chosen = isLocale(values.language) ? values.language : null
    try {
      await client.people.changeProfile.mutate({ name: values.name ?? '', language: chosen })
    } catch (error) {
      return words.form(error, { inputs: ['name', 'language'] })
    }
    if (chosen) rememberChoice(localeCookie, chosen)
    else forgetChoice(localeCookie)
    router.refresh()
    return undefined
  }
  return (
    <Section id="about-you" title={t('aboutYou')}>
      <PageForm onSave={save} verb={t('save')} kind="primary" saved={{ title: t('saved') }}>
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
      </PageForm>
    </Section>
  )
}
