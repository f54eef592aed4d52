'use client'
/** A content that is only looked at. */
import { useTranslations } from 'next-intl'
import type { TemplateContent } from './template-content.ts'

export function ContentView({ content: { subject, fromName, html, text } }: { content: TemplateContent }) {
  const t = useTranslations('TemplateForm')
  return (
    <dl className="content-view">
      <dt>{t('subject')}</dt>
      <dd className="break">{subject}</dd>
      {fromName && (
        <>
          <dt>{t('fromName')}</dt>
          <dd className="break">{fromName}</dd>
        </>
      )}
      <dt>{t('html')}</dt>
      <dd>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and without a mouse only what has the focus does */}
        <pre tabIndex={0}>{html}</pre>
      </dd>
      {text && (
        <>
          <dt>{t('text')}</dt>
          <dd>
            <pre>{text}</pre>
          </dd>
        </>
      )}
    </dl>
  )
}
