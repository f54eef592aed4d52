'use client'
/** The findings under the editor: what blocks saving first, each a button that puts the cursor where it is. */
import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { Icon } from '#console/ui/line-icon.tsx'
import type { Finding } from './finding.ts'

/** A finding in the reader's words. */
export function useFindingWords(): (finding: Finding) => string {
  const t = useDynamicWords('Findings')
  return useCallback(({ code, params, count }) => t(code, { ...params, count }), [t])
}

type Props = {
  findings: readonly Finding[]
  /** Whether the slower findings are of what is typed now. */
  isCurrent: boolean
  size: string | undefined
  sayFinding: (finding: Finding) => string
  onReveal: (finding: Finding) => void
}

export function FindingsPanel({ findings, isCurrent, size, sayFinding, onReveal }: Props) {
  const t = useTranslations('TemplateEditor')
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const hints = findings.length - errors
  return (
    <section className="findings" aria-label={t('findings')} aria-busy={!isCurrent}>
      <p className="findings-sum" role="status">
        {errors > 0 ? t('errorCount', { count: errors }) : t('noErrors')}
        {hints > 0 && <> · {t('hintCount', { count: hints })}</>}
        {size && <span className="muted"> · {size}</span>}
      </p>
      <ul className="findings-list">
        {findings.map((finding) => {
          const { code, severity, field, place } = finding
          const words = sayFinding(finding)
          const where = place ? `${place.line}:${place.column}` : ''
          return (
            <li
              key={`${code} ${field} ${place?.offset ?? ''} ${words}`}
              className={severity === 'error' ? 'red' : 'amber'}
            >
              <button type="button" onClick={() => onReveal(finding)}>
                <Icon name={severity === 'error' ? 'cross' : 'warning'} />
                <span className="unseen">{t(severity)}: </span>
                {field !== 'html' && <span className="muted">{t(`field_${field}`)} </span>}
                {where && <span className="numbers muted">{where} </span>}
                <span>{words}</span>
              </button>
            </li>
          )
        })}
      </ul>
      <p className="findings-note muted">{t('programsNote')}</p>
    </section>
  )
}
