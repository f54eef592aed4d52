'use client'
/** How the mail will look: on a desktop, on a phone, in the dark, as plain text, and as a line of an inbox. */
import { useTranslations } from 'next-intl'
import { type ReactNode, useCallback, useState } from 'react'
import { renderHtml } from '#channels/email/render.ts'
import { compiled } from '#channels/render.ts'
import { MailFrame } from '#console/ui/mail-frame.tsx'
import type { ContentStore } from '../content-store.ts'
import type { Reading } from '../findings/reader.ts'
import { TabList } from '../tab-list.tsx'
import { InboxLine } from './inbox-line.tsx'
import { markUnknown } from './mark-unknown.ts'
import { TextPart } from './text-part.tsx'

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
