'use client'
/** The countries that codes may go to: chosen ones as a list, further ones from a box that can be searched. */
import { Pill } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import { useId, useRef, useState } from 'react'
import type { AppRouter } from '#api/router.ts'
import type { Locale } from '../shell/locale.ts'
import { useTRPC } from '../trpc/client.tsx'
import { useFieldProblem } from '../ui/form.tsx'
import { SearchSelect } from '../ui/search-select.tsx'

export type Codes = inferRouterOutputs<AppRouter>['apps']['codeSettings']

type Country = Codes['countries'][number]

const name = 'codeCountries'

export function CountriesField({ locale, stored }: { locale: Locale; stored: Country[] }) {
  const t = useTranslations('App')
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const problem = useFieldProblem(name)
  const { data: all } = useQuery(
    useTRPC().apps.countries.queryOptions({ locale }, { staleTime: Number.POSITIVE_INFINITY }),
  )
  const [chosen, setChosen] = useState(stored)
  const options = all
    ?.filter(({ code }) => !chosen.some((one) => one.code === code))
    .map(({ code, name: label, others }) => ({ value: code, label: `${label} +${code}`, text: others }))
  /** The form learns of it as of anything that is typed. */
  const change = (next: Country[]) => {
    setChosen(next)
    box.current?.dispatchEvent(new Event('input', { bubbles: true }))
  }
  return (
    <div ref={box} className="stack-tight">
      <label className="label" htmlFor={id}>
        {t('codeCountries')}
      </label>
      <input type="hidden" name={name} value={chosen.map(({ code }) => code).join(' ')} />
      {chosen.length > 0 && (
        <Pill.Group>
          {chosen.map((one) => (
            <Pill
              key={one.code}
              size="md"
              withRemoveButton
              onRemove={() => change(chosen.filter(({ code }) => code !== one.code))}
              removeButtonProps={{
                'aria-label': t('removeCountry', { country: one.name }),
                'aria-hidden': undefined,
                tabIndex: 0,
              }}
            >
              {one.name} +{one.code}
            </Pill>
          ))}
        </Pill.Group>
      )}
      <SearchSelect
        label={t('codeCountries')}
        input={{ id, 'aria-invalid': problem ? true : undefined, 'aria-describedby': `${id}-said` }}
        options={options}
        value=""
        shown=""
        placeholder={t('addCountry')}
        onChoose={(code) => change([...chosen, ...(all?.filter((one) => one.code === code) ?? [])])}
      />
      <p id={`${id}-said`} className={problem ? 'field-problem' : 'field-help'}>
        {problem ?? t('codeCountriesHelp')}
      </p>
    </div>
  )
}
