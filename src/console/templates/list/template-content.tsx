'use client'
/** What a place says: a subject, or the signature and template that it names; and beneath it what is kept for other accounts. */
import { useTranslations } from 'next-intl'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import type { StoredTemplates, TemplateListed } from './templates-changed.ts'

type Props = {
  stored: StoredTemplates
  /** Stands where nothing is stored. */
  missing: string
  /** Where a template that is kept for an account is written. */
  addressOf: (accountId: string) => string
}

export function TemplateContent({ stored: { used, kept }, missing, addressOf }: Props) {
  const t = useTranslations('Templates')
  return (
    <div className="template-content">
      {used ? <Words template={used} /> : <span className="muted">{missing}</span>}
      {kept.map((template) => (
        <a key={template.id} className="template-kept" href={addressOf(template.accountId ?? '')}>
          <span>{t('keptFor', { account: template.keptFor ?? '' })}</span>
          <Words template={template} />
        </a>
      ))}
    </div>
  )
}

function Words({ template }: { template: TemplateListed }) {
  const t = useTranslations('Templates')
  const audiences = useDynamicWords('Audience')
  const version = <span className="muted nowrap">{t('version', { version: template.version })}</span>
  const { headline, summary } = template
  if (summary.length === 0) {
    return (
      <span className="template-words" title={headline ?? undefined}>
        <span>{headline}</span> {version}
      </span>
    )
  }
  return summary.map(({ audience, signature, template: code, text }, index) => (
    <span key={audience} className="template-part">
      {summary.length > 1 && <span className="muted">{audiences(audience)}</span>}
      <span>
        {signature && <span className="signature">【{signature}】</span>} {code && <span className="mono">{code}</span>}{' '}
        {index === 0 && version}
      </span>
      <span className="template-words muted" title={text}>
        {text}
      </span>
    </span>
  ))
}
