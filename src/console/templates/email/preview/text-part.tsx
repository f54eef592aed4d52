'use client'
/** The plain-text part: generated from the HTML, until somebody writes it by hand. */
import { useTranslations } from 'next-intl'
import { Button } from '#console/ui/button.tsx'
import type { ContentStore } from '../content-store.ts'
import type { Reading } from '../findings/reader.ts'
import { useField } from '../use-field.ts'

type Props = { content: ContentStore; reading: Reading | undefined; isReadOnly?: boolean }

export function TextPart({ content, reading, isReadOnly }: Props) {
  const t = useTranslations('TemplateEditor')
  const written = useField(content, 'text')
  return (
    <div className="text-part">
      <div className="text-part-head">
        <p className="muted small">{written === undefined ? t('textGenerated') : t('textByHand')}</p>
        {!isReadOnly && written === undefined && reading && (
          <Button onClick={() => content.set('text', reading.textSource || ' ')}>{t('writeText')}</Button>
        )}
        {!isReadOnly && written !== undefined && (
          <Button onClick={() => content.set('text', '')}>{t('generateText')}</Button>
        )}
      </div>
      {written !== undefined && (
        <textarea
          id="template-text"
          className="input mono text-source"
          aria-label={t('textSource')}
          value={written}
          readOnly={isReadOnly}
          spellCheck={false}
          onChange={(event) => content.set('text', event.currentTarget.value || ' ')}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="preview-text" aria-label={t('view_text')} tabIndex={0}>
        {reading?.text ?? ''}
      </section>
    </div>
  )
}
