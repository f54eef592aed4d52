'use client'
/** How the mail will look: on a desktop, on a phone, in the dark, as plain text, and as a line of an inbox. */
import { useTranslations } from 'next-intl'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { renderHtml, renderLine } from '#channels/email/render.ts'
import { compiled } from '#channels/render.ts'
import { Button } from '#console/ui/button.tsx'
import { MailFrame } from '#console/ui/mail-frame.tsx'
import type { ContentStore } from '../content-store.ts'
import type { Reading } from '../findings/reader.ts'
import { TabList } from '../tab-list.tsx'
import { useField } from '../use-field.ts'
import { markUnknown } from './mark-unknown.ts'

const views = ['desktop', 'phone', 'dark', 'text'] as const
export type PreviewView = (typeof views)[number]

type Props = {
  content: ContentStore
  /** The names that the scenario declares. */
  variables: readonly string[]
  values: Record<string, string>
  reading: Reading | undefined
  /** The sender's name and address of the validated account. */
  from: { name: string; address: string }
  /** Stands at the right of the tabs: the sample values. */
  aside: ReactNode
  isReadOnly?: boolean
}

/** What looks like a variable in the source and is none. */
function unknownIn(source: string, variables: readonly string[]): ReadonlySet<string> {
  const { findings } = compiled(source, variables)
  return new Set(findings.filter(({ kind }) => kind === 'unknown_variable').map(({ name }) => name))
}

export function Preview({ content, variables, values, reading, from, aside, isReadOnly }: Props) {
  const t = useTranslations('TemplateEditor')
  const [view, setView] = useState<PreviewView>('desktop')
  const [showsRemoteImages, setShowsRemoteImages] = useState(false)
  const mail = useCallback(() => {
    const { html } = content.get()
    const unknown = unknownIn(html, variables)
    return {
      html: renderHtml(html, values, variables),
      isDark: view === 'dark',
      mark: unknown.size > 0 ? (text: string) => markUnknown(text, unknown) : undefined,
    }
  }, [content, variables, values, view])
  return (
    <div className="preview">
      <div className="preview-head">
        <TabList
          label={t('views')}
          panelId="preview-panel"
          tabs={views.map((id) => ({ id, label: t(`view_${id}`) }))}
          chosen={view}
          onChoose={setView}
        />
        <div className="row">
          {reading?.hasRemoteImages && !showsRemoteImages && view !== 'text' && (
            <button type="button" className="quiet" onClick={() => setShowsRemoteImages(true)}>
              {t('showRemoteImages')}
            </button>
          )}
          {aside}
        </div>
      </div>
      <InboxLine
        content={content}
        variables={variables}
        values={values}
        from={from}
        lead={reading?.lead ?? ''}
        isNarrow={view === 'phone'}
      />
      <div id="preview-panel" role="tabpanel" aria-label={t(`view_${view}`)} className="preview-panel" data-view={view}>
        {view === 'text' && <TextPart content={content} reading={reading} isReadOnly={isReadOnly} />}
        <div hidden={view === 'text'} className="preview-mail">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <section className="preview-place" aria-label={t('mail')} tabIndex={0}>
            <MailFrame
              title={t('preview')}
              mail={mail}
              subscribe={content.subscribe}
              showsRemoteImages={showsRemoteImages}
            />
          </section>
        </div>
      </div>
    </div>
  )
}

type InboxLineProps = {
  content: ContentStore
  variables: readonly string[]
  values: Record<string, string>
  from: { name: string; address: string }
  lead: string
  isNarrow: boolean
}

/** The two fields that the line shows, following the typing. */
function useLine(content: ContentStore) {
  const [line, setLine] = useState(() => content.get())
  useEffect(() => {
    setLine(content.get())
    return content.subscribe(() => {
      const next = content.get()
      setLine((last) => (last.subject === next.subject && last.fromName === next.fromName ? last : next))
    })
  }, [content])
  return line
}

/** The mail as a line of an inbox: from whom, subject, and the first words of the mail. */
function InboxLine({ content, variables, values, from, lead, isNarrow }: InboxLineProps) {
  const t = useTranslations('TemplateEditor')
  const { subject, fromName } = useLine(content)
  const name = fromName ? renderLine(fromName, values, variables) : from.name
  const shown = renderLine(subject, values, variables)
  return (
    <section className="inbox-line" aria-label={t('inboxLine')} data-narrow={isNarrow || undefined}>
      <span className="inbox-from" title={from.address}>
        {name || from.address}
      </span>
      <span className="inbox-words">
        <span className="inbox-subject">{shown || t('noSubject')}</span>
        {lead && <span className="muted"> — {lead}</span>}
      </span>
    </section>
  )
}

type TextPartProps = { content: ContentStore; reading: Reading | undefined; isReadOnly?: boolean }

/** The plain-text part: generated from the HTML, until somebody writes it by hand. */
function TextPart({ content, reading, isReadOnly }: TextPartProps) {
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
