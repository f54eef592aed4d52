'use client'
/** Stands beside a form: what is written as it would arrive, and the values that it is filled with. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { SampleValues } from '../email/preview/sample-values.tsx'
import type { Variable } from '../email/source/variables.ts'

type Props = {
  variables: readonly Variable[]
  samples: {
    values: Record<string, string>
    change: (values: Record<string, string>) => void
    reset: () => void
  }
  children: ReactNode
}

export function PreviewPane({ variables, samples, children }: Props) {
  const t = useTranslations('TemplateEditor')
  return (
    <section className="template-preview" aria-label={t('preview')}>
      <div className="template-preview-inner">
        <div className="template-preview-head">
          <h2>{t('preview')}</h2>
          <SampleValues
            variables={variables}
            values={samples.values}
            onChange={samples.change}
            onReset={samples.reset}
          />
        </div>
        {children}
      </div>
    </section>
  )
}
