'use client'
/** How the mail will look: on a desktop, on a phone, in the dark, as plain text, and as a line of an inbox. */
import { useTranslations } from 'next-intl'
import { type ReactNode, useCallback, useState } from 'react'
import { renderHtml } from '#domain/channels/email-render.ts'
import { compiled } from '#domain/templates/render.ts'
import type { ContentStore } from '../content-store.ts'
import type { Reading } from '../findings/reader.ts'
import { TabList } from '../tab-list.tsx'
import { InboxLine } from './inbox-line.tsx'
import { previewDocument } from './preview-document.ts'
import { PreviewFrame } from './preview-frame.tsx'
import { TextPart } from './text-part.tsx'

const views = ['desktop', 'phone', 'dark', 'text'] as const
export type PreviewView = (typeof views)[number]

type Props = {
  content: ContentStore
  /** The names that the scenario declares. */
  variables: readonly string[]
  values: Record<string, string>
  nonce: string
  reading: Reading | undefined
  /** The sender's name and address of the validated account. */
  from: { name: string; address: string }
  /** Stands at the right of the tabs: the sample values. */
  aside: ReactNode
  isReadOnly?: boolean
  onDrawn?: () => void
}

/** What looks like a variable in the source and is none. */
function unknownIn(source: string, variables: readonly string[]): ReadonlySet<string> {
  const { findings } = compiled(source, variables)
  return new Set(findings.filter(({ kind }) => kind === 'unknown_variable').map(({ name }) => name))
}

export function Preview({ content, variables, values, nonce, reading, from, aside, isReadOnly, onDrawn }: Props) {
  const t = useTranslations('TemplateEditor')
  const [view, setView] = useState<PreviewView>('desktop')
  const [showsRemoteImages, setShowsRemoteImages] = useState(false)
  const makeDocument = useCallback(
    (upTo: number) => {
      const { html } = content.get()
      const unknown = unknownIn(html, variables)
      const options = { nonce, isDark: view === 'dark', showsRemoteImages, unknown, upTo }
      return previewDocument(renderHtml(html, values, variables), options)
    },
    [content, variables, values, nonce, view, showsRemoteImages],
  )
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
          <PreviewFrame
            content={content}
            makeDocument={makeDocument}
            title={t('preview')}
            label={t('mail')}
            width={view === 'phone' ? 375 : undefined}
            showsRemoteImages={showsRemoteImages}
            onDrawn={onDrawn}
          />
        </div>
      </div>
    </div>
  )
}
