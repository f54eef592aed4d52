'use client'
/** The values that the preview and the test send are filled with: opened by a button, changed in place. */
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { entryOf } from '#channels/storable.ts'
import { Icon } from '#console/ui/line-icon.tsx'
import type { Variable } from '../source/variables.ts'

type Props = {
  variables: readonly Variable[]
  values: Record<string, string>
  onChange: (values: Record<string, string>) => void
  /** Back to the values that everybody starts with. */
  onReset: () => void
}

export function SampleValues({ variables, values, onChange, onReset }: Props) {
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
              onChange={(event) => onChange({ ...values, [name]: event.currentTarget.value })}
              maxLength={2000}
              autoComplete="off"
            />
          </label>
        ))}
        <button type="button" className="quiet" onClick={onReset}>
          {t('resetValues')}
        </button>
      </div>
    </>
  )
}
