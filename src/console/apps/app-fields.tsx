'use client'
/** The fields that an App has from its first day, and what is made of them when they are saved. */
import { useTranslations } from 'next-intl'
import { localeNames, locales } from '../shell/locale.ts'
import { NumberField, SelectField, TextField } from '../ui/fields.tsx'
import type { FormValues } from '../ui/form.tsx'

type Props = {
  name?: string
  language: string
  codeLifetimeMinutes?: number
  onName?: (name: string) => void
}

export function NameField({ name, onName }: Pick<Props, 'name' | 'onName'>) {
  const t = useTranslations('Apps')
  return (
    <TextField
      name="name"
      label={t('name')}
      help={t('nameHelp')}
      required
      autoComplete="off"
      maxLength={60}
      defaultValue={name}
      onChange={(event) => onName?.(event.currentTarget.value)}
    />
  )
}

export function AppSettings({ language, codeLifetimeMinutes = 10 }: Pick<Props, 'language' | 'codeLifetimeMinutes'>) {
  const t = useTranslations('Apps')
  return (
    <>
      <SelectField
        name="language"
        label={t('language')}
        help={t('languageHelp')}
        defaultValue={language}
        options={locales.map((value) => ({ value, label: localeNames[value] }))}
      />
      <NumberField
        name="codeLifetimeMinutes"
        label={t('lifetime')}
        help={t('lifetimeHelp')}
        required
        defaultValue={String(codeLifetimeMinutes)}
      />
    </>
  )
}

/** The typed settings as the server takes them; a number that is none stays one that it refuses. */
export const settingsOf = (values: FormValues) => ({
  name: values.name ?? '',
  language: values.language === 'zh-CN' ? ('zh-CN' as const) : ('en' as const),
  codeLifetimeMinutes: Number(values.codeLifetimeMinutes?.trim() || 'none'),
})

export const settingInputs = ['name', 'key', 'language', 'codeLifetimeMinutes', 'logo'] as const
