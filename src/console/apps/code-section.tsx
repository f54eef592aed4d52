'use client'
/** The codes that Signet makes for an App: how they look, where they go, and how many at most. */
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Locale } from '../shell/locale.ts'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { NumberField, SelectField } from '../ui/fields.tsx'
import type { FormValues } from '../ui/form.tsx'
import { FormDrawer } from '../ui/form-drawer.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { Section } from '../ui/page-head.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import type { Codes } from './countries-field.tsx'

/** Loaded with the drawer that it stands in: a box with a search weighs more than the rest of it. */
const CountriesField = lazyPart(() => import('./countries-field.tsx').then((file) => file.CountriesField))

type Props = { appId: string; locale: Locale; mayWrite: boolean }

export function CodeSection({ appId, locale, mayWrite }: Props) {
  const t = useTranslations('App')
  const { data: codes } = useSuspenseQuery(useTRPC().apps.codeSettings.queryOptions({ appId, locale }))
  const [isOpen, setOpen] = useState(false)
  const { codeLength, codesPerHour, codesPerCountryHour, codesPerIpHour, countries } = codes
  return (
    <Section
      id="codes"
      title={t('codes')}
      purpose={t.rich('codesPurpose', { code: (chunks) => <code>{chunks}</code> })}
      action={
        mayWrite && (
          <Button aria-label={t('codesEdit')} onClick={() => setOpen(true)}>
            {t('edit')}
          </Button>
        )
      }
    >
      <Facts
        isAcross
        facts={{
          [t('codeLength')]: t('digits', { digits: codeLength }),
          [t('codeCountries')]: (
            <ul className="plain">
              {countries.map(({ code, name }) => (
                <li key={code}>
                  {name} <span className="muted">+{code}</span>
                </li>
              ))}
            </ul>
          ),
          [t('codeLimits')]: (
            <ul className="plain">
              <li>{t('perHour', { count: codesPerHour })}</li>
              <li>{t('perCountryHour', { count: codesPerCountryHour })}</li>
              <li>{t('perIpHour', { count: codesPerIpHour })}</li>
            </ul>
          ),
          [t('perRecipient')]: t('perRecipientLimits'),
        }}
      />
      {mayWrite && (
        <EditCodes appId={appId} locale={locale} codes={codes} isOpen={isOpen} onClose={() => setOpen(false)} />
      )}
    </Section>
  )
}

type EditCodesProps = { appId: string; locale: Locale; codes: Codes; isOpen: boolean; onClose: () => void }

const lengths = [4, 5, 6, 7, 8]
const limits = ['codesPerHour', 'codesPerCountryHour', 'codesPerIpHour'] as const

/** A number that is none stays one that the server refuses. */
const numberIn = (values: FormValues, name: string) => Number(values[name]?.trim() || 'none')

/** Changes what an App decides about the codes that Signet makes for it. */
function EditCodes({ appId, locale, codes, isOpen, onClose }: EditCodesProps) {
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
