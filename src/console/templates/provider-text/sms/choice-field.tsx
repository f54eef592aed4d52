'use client'
/** A box to choose a signature or a template from, and under it how the chosen one stands with the provider now. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ReviewState } from '#channels/answers.ts'
import type { Said } from '#console/editing/use-problems.ts'
import { type SearchOption, SearchSelect } from '#console/ui/search-select.tsx'
import { Waiting } from '#console/ui/waiting.tsx'
import { Field } from '../field.tsx'
import { ProviderState } from './choices.tsx'

type Props = {
  label: string
  placeholder: string
  /** Undefined while they are looked up. */
  options: SearchOption[] | undefined
  value: string
  /** How the chosen one stands, once that is known. */
  state: ReviewState | undefined
  /** What speaks against it now, in words. */
  obstacle: string | undefined
  said: Said
  /** What is worth knowing about the chosen one. */
  remarks?: readonly string[]
  isReadOnly: boolean
  onChoose: (value: string) => void
  children?: ReactNode
}

export function ChoiceField(props: Props) {
  const { label, options, value, state, obstacle, said, remarks = [], isReadOnly, onChoose, children } = props
  const t = useTranslations('SmsTemplate')
  const error = said.error && (value === '' ? t('chooseOne') : said.error)
  const hints = [...(obstacle && !error ? [obstacle] : []), ...remarks, ...said.hints]
  return (
    <div className="stack-tight">
      <Field
        label={label}
        help={options === undefined ? <Asking /> : state && <ProviderState state={state} />}
        said={error ? { error, hints } : { hints }}
      >
        {(input) => (
          <SearchSelect
            label={label}
            input={input}
            options={options}
            value={value}
            shown={value}
            placeholder={props.placeholder}
            isReadOnly={isReadOnly}
            onChoose={onChoose}
          />
        )}
      </Field>
      {children}
    </div>
  )
}

/** In place of what is not known yet. */
function Asking() {
  const t = useTranslations('SmsTemplate')
  return <Waiting>{t('asking')}</Waiting>
}
