'use client'
/** Changes what an App decides about the codes that Signet makes for it. */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import type { Locale } from '../shell/locale.ts'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'
import { NumberField, SelectField } from '../ui/fields.tsx'
import type { FormValues } from '../ui/form.tsx'
import { FormDrawer } from '../ui/form-drawer.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import type { Codes } from './countries-field.tsx'
import { CountriesField } from './countries-field.tsx'

type Props = { appId: string; locale: Locale; codes: Codes; isOpen: boolean; onClose: () => void }

const lengths = [4, 5, 6, 7, 8]
const limits = ['codesPerHour', 'codesPerCountryHour', 'codesPerIpHour'] as const

/** A number that is none stays one that the server refuses. */
const numberIn = (values: FormValues, name: string) => Number(values[name]?.trim() || 'none')

export function EditCodes({ appId, locale, codes, isOpen, onClose }: Props) {
  const t = useTranslations('App')
  const words = useProblemWords()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const trpc = useTRPC()
  const save = async (values: FormValues) => {
    try {
      await client.apps.changeCodeSettings.mutate({
        appId,
        codeLength: numberIn(values, 'codeLength'),
        codeCountries: values.codeCountries?.split(' ').filter(Boolean) ?? [],
        codesPerHour: numberIn(values, 'codesPerHour'),
        codesPerCountryHour: numberIn(values, 'codesPerCountryHour'),
        codesPerIpHour: numberIn(values, 'codesPerIpHour'),
      })
      await queries.invalidateQueries({ queryKey: trpc.apps.codeSettings.queryKey({ appId, locale }) })
      return undefined
    } catch (error) {
      return words.form(error, { inputs: ['codeLength', 'codeCountries', ...limits] })
    }
  }
  return (
    <FormDrawer isOpen={isOpen} onClose={onClose} title={t('codesEdit')} intro={t('codesIntro')} onSave={save}>
      <SelectField
        name="codeLength"
        label={t('codeLength')}
        defaultValue={String(codes.codeLength)}
        options={lengths.map((digits) => ({ value: String(digits), label: t('digits', { digits }) }))}
      />
      <CountriesField locale={locale} stored={codes.countries} />
      {limits.map((name) => (
        <NumberField
          key={name}
          name={name}
          label={t(name)}
          help={t(`${name}Help`)}
          required
          defaultValue={String(codes[name])}
        />
      ))}
    </FormDrawer>
  )
}
