'use client'
/** The variables of the scenario; a click writes one where the cursor was last. */
import { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import { useDynamicWords } from '../../../../../../ui/dynamic-words.ts'
import type { Scenario } from '../../../templates/templates-section.tsx'
import { insertText, isTextInput } from './insert-text.ts'
import { contentFields, inputName } from './template-content.ts'

type Props = {
  scenario: Scenario
  form: RefObject<HTMLFormElement | null>
  /** The input that had the focus last. */
  cursor: RefObject<HTMLElement | null>
}

export function VariableList({ scenario, form, cursor }: Props) {
  const t = useTranslations('TemplateForm')
  const words = useDynamicWords('Variable')
  const insert = (name: string) => {
    const last = cursor.current
    const takesVariables = isTextInput(last) && contentFields.some((field) => inputName(field) === last.name)
    const input = takesVariables ? last : form.current?.elements.namedItem(inputName('html'))
    if (isTextInput(input)) insertText(input, `\${${name}}`)
  }
  const isNeeded = (name: string) => scenario.kind === 'verification' && name === 'code'
  return (
    <section className="variables" aria-labelledby="variables">
      <h2 id="variables">{t('variables')}</h2>
      <p className="muted small">{t('variablesHelp')}</p>
      <ul>
        {scenario.variables.map((name) => (
          <li key={name}>
            <button type="button" className="variable mono" title={t('insert')} onClick={() => insert(name)}>
              {`\${${name}}`}
            </button>
            <span className="muted small">
              {[words.find(name), isNeeded(name) ? t('needed') : undefined].filter(Boolean).join(' ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
