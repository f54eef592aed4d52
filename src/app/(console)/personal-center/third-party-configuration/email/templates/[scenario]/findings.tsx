'use client'
/** What was found in the content: errors, which block saving, and apart from them hints, which never do. */
import { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import { Icon } from '../../../../../../ui/line-icon.tsx'
import { isTextInput, showStretch } from './insert-text.ts'
import { contentFields, inputName } from './template-content.ts'
import type { Finding } from './use-template-save.ts'

type Props = { findings: readonly Finding[]; form: RefObject<HTMLFormElement | null> }

export function Findings({ findings, form }: Props) {
  const t = useTranslations('TemplateForm')
  const of = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity)
  const show = ({ path, params }: Finding) => {
    const input = form.current?.elements.namedItem(path)
    if (isTextInput(input)) showStretch(input, Number(params?.offset ?? 0), Number(params?.length ?? 0))
  }
  return (
    <>
      <Listed tone="red" title={t('errors')} findings={of('error')} onShow={show} />
      <Listed tone="amber" title={t('hints')} findings={of('hint')} onShow={show} />
    </>
  )
}

type ListedProps = {
  tone: 'red' | 'amber'
  title: string
  findings: readonly Finding[]
  onShow: (finding: Finding) => void
}

function Listed({ tone, title, findings, onShow }: ListedProps) {
  const t = useTranslations('TemplateForm')
  if (findings.length === 0) return null
  return (
    <section className={`findings ${tone}`} aria-label={title}>
      <h2>
        <Icon name={tone === 'red' ? 'cross' : 'warning'} />
        {title}
      </h2>
      <ul>
        {findings.map((finding) => {
          const { path, text, params } = finding
          const field = contentFields.find((candidate) => inputName(candidate) === path)
          const place = params?.line === undefined ? undefined : `${params.line}:${params.column}`
          return (
            <li key={`${path} ${place} ${text}`}>
              <button type="button" onClick={() => onShow(finding)}>
                <span className="muted">
                  {field && t(field)} {place && <span className="mono">{place}</span>}
                </span>{' '}
                <span>{text}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
