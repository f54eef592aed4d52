'use client'
/** The values that a preview and a test send are filled with: remembered for the person, a moment after they change. */
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type ReactNode, type Ref, useEffect, useId, useMemo, useRef, useState } from 'react'
import { entryOf } from '#channels/storable.ts'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { Icon } from '../ui/line-icon.tsx'

/** What a variable of a scenario means, and a value to look at. */
export type Variable = { name: string; description?: string | undefined; sample: string }

export function useVariables(names: readonly string[], values: Record<string, string>): Variable[] {
  const words = useDynamicWords('Variable')
  return useMemo(
    () => names.map((name) => ({ name, description: words.find(name), sample: entryOf(values, name) ?? '' })),
    [names, values, words.find],
  )
}

export type Samples = {
  values: Record<string, string>
  change: (values: Record<string, string>) => void
  /** Back to the values that everybody starts with. */
  reset: () => void
}

const pause = 600

export function useSamples(scenario: string): Samples {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const options = trpc.templates.sampleValues.queryOptions({ scenario })
  const { data } = useSuspenseQuery(options)
  const [own, setOwn] = useState({ scenario, values: data })
  const values = own.scenario === scenario ? own.values : data
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  // What cannot be remembered is still what is shown.
  const remember = (next: Record<string, string>) =>
    client.templates.saveSampleValues.mutate({ scenario, values: next }).then(
      () => true,
      () => false,
    )
  const change = (next: Record<string, string>) => {
    setOwn({ scenario, values: next })
    queryClient.setQueryData(options.queryKey, next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => remember(next), pause)
  }
  const reset = async () => {
    clearTimeout(timer.current)
    if (!(await remember({}))) return
    setOwn({ scenario, values: await queryClient.fetchQuery({ ...options, staleTime: 0 }) })
  }
  return { values, change, reset }
}

type Props = { variables: readonly Variable[]; samples: Samples }

/** Opened by a button, changed in place. */
export function SampleValues({ variables, samples: { values, change, reset } }: Props) {
  const t = useTranslations('TemplateEditor')
  const id = useId()
  return (
    <>
      <button type="button" className="button" popoverTarget={id}>
        {t('sampleValues')}
        <Icon name="expand" />
      </button>
      <div id={id} popover="auto" className="menu sample-values" data-align="end">
        <p className="menu-title">{t('sampleValuesHint')}</p>
        {variables.map(({ name, description }) => (
          <label key={name} className="sample-value">
            <span className="mono" title={description}>
              {name}
            </span>
            <input
              className="input"
              value={entryOf(values, name) ?? ''}
              onChange={(event) => change({ ...values, [name]: event.currentTarget.value })}
              maxLength={2000}
              autoComplete="off"
            />
          </label>
        ))}
        <button type="button" className="quiet" onClick={reset}>
          {t('resetValues')}
        </button>
      </div>
    </>
  )
}

type FormProps = Props & { formRef: Ref<HTMLDivElement>; form: ReactNode; preview: ReactNode }

/** A form beside what is made of it with the sample values. */
export function FormWithPreview({ formRef, form, preview, ...of }: FormProps) {
  const t = useTranslations('TemplateEditor')
  return (
    <div className="form-with-preview">
      <div ref={formRef} className="editing-form">
        {form}
      </div>
      <section className="form-preview" aria-label={t('preview')}>
        <div className="form-preview-inner">
          <div className="form-preview-head">
            <h2>{t('preview')}</h2>
            <SampleValues {...of} />
          </div>
          {preview}
        </div>
      </section>
    </div>
  )
}
