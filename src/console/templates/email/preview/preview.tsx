'use client'
/** How the mail will look: on a desktop, on a phone, in the dark, as plain text, and as a line of an inbox. */
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { renderHtml, renderLine } from '#channels/email/render.ts'
import { compiled } from '#channels/render.ts'
import { useDraft } from '#console/editing/draft.ts'
import { Button } from '#console/ui/button.tsx'
import { MailFrame } from '#console/ui/mail-frame.tsx'
import { type ContentStore, writeField } from '../content.ts'
import type { Reading } from '../findings/reader.ts'
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
  /** Gets what is to be called when the cursor is moved in the source, other than by typing. */
  onCursorMoved: RefObject<(() => void) | undefined>
  /** Stands at the right of the tabs: the sample values. */
  aside: ReactNode
  isReadOnly?: boolean
}

/** What looks like a variable in the source and is none. */
function unknownIn(source: string, variables: readonly string[]): ReadonlySet<string> {
  const { findings } = compiled(source, variables)
  return new Set(findings.filter(({ kind }) => kind === 'unknown_variable').map(({ name }) => name))
}

export function Preview({ content, variables, values, reading, from, onCursorMoved, aside, isReadOnly }: Props) {
  const t = useTranslations('TemplateEditor')
  const [view, setView] = useState<PreviewView>('desktop')
  const [showsRemoteImages, setShowsRemoteImages] = useState(false)
  const mailSection = useRef<HTMLElement>(null)
  useFollowing(mailSection, content, onCursorMoved)
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
          <section ref={mailSection} className="preview-place" aria-label={t('mail')} tabIndex={0}>
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

/**
 * Brings into sight what a keystroke changed in the mail. Whoever scrolls the preview has it stay where it is, until the cursor is
 * moved in the source.
 */
function useFollowing(
  section: RefObject<HTMLElement | null>,
  content: ContentStore,
  onCursorMoved: Props['onCursorMoved'],
): void {
  const place = useRef<number>(undefined)
  useEffect(() => {
    const documentIn = () => section.current?.querySelector('iframe')?.contentDocument
    onCursorMoved.current = () => {
      place.current = documentIn()?.documentElement.scrollTop
    }
    let observer: MutationObserver | undefined
    const unsubscribe = content.subscribe((cause) => {
      observer?.disconnect()
      const inside = documentIn()
      if (cause !== 'typed' || !inside) return
      const { scrollTop } = inside.documentElement
      if (scrollTop !== (place.current ?? scrollTop)) return
      observer = new MutationObserver((changes) => {
        observer?.disconnect()
        const { target = null, addedNodes } = changes[0] ?? {}
        place.current = showIn(inside, addedNodes?.[0] ?? target)
      })
      observer.observe(inside, { subtree: true, childList: true, characterData: true, attributes: true })
    })
    return () => {
      observer?.disconnect()
      unsubscribe()
    }
  }, [section, content, onCursorMoved])
}

/** @returns where the document is scrolled to, so that the node is in sight */
function showIn({ documentElement: root }: Document, node: Node | null): number {
  const element = node?.nodeType === Node.ELEMENT_NODE ? (node as Element) : node?.parentElement
  const { top = 0, bottom = 0 } = element?.getBoundingClientRect() ?? {}
  if (bottom < 0 || top > root.clientHeight) root.scrollTop += top - root.clientHeight / 2
  return root.scrollTop
}

type InboxLineProps = {
  content: ContentStore
  variables: readonly string[]
  values: Record<string, string>
  from: { name: string; address: string }
  lead: string
  isNarrow: boolean
}

/** The mail as a line of an inbox: from whom, subject, and the first words of the mail. */
function InboxLine({ content, variables, values, from, lead, isNarrow }: InboxLineProps) {
  const t = useTranslations('TemplateEditor')
  const subject = useDraft(content, (draft) => draft.subject)
  const fromName = useDraft(content, (draft) => draft.fromName)
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
  const written = useDraft(content, (draft) => draft.text)
  return (
    <div className="text-part">
      <div className="text-part-head">
        <p className="muted small">{written === undefined ? t('textGenerated') : t('textByHand')}</p>
        {!isReadOnly && written === undefined && reading && (
          <Button onClick={() => writeField(content, 'text', reading.textSource || ' ')}>{t('writeText')}</Button>
        )}
        {!isReadOnly && written !== undefined && (
          <Button onClick={() => writeField(content, 'text', '')}>{t('generateText')}</Button>
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
          onChange={(event) => writeField(content, 'text', event.currentTarget.value || ' ')}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="preview-text" aria-label={t('view_text')} tabIndex={0}>
        {reading?.text ?? ''}
      </section>
    </div>
  )
}

type TabProps<Id extends string> = {
  label: string
  panelId: string
  tabs: readonly { id: Id; label: string }[]
  chosen: Id
  onChoose: (id: Id) => void
}

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** Tabs that choose what a panel shows. Arrow keys move along them, as everywhere. */
export function TabList<Id extends string>({ label, panelId, tabs, chosen, onChoose }: TabProps<Id>) {
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = tabs.findIndex(({ id }) => id === chosen)
    const step = steps[event.key]
    const next =
      step !== undefined ? (at + step + tabs.length) % tabs.length : { Home: 0, End: tabs.length - 1 }[event.key]
    const tab = next === undefined ? undefined : tabs[next]
    if (next === undefined || !tab) return
    event.preventDefault()
    onChoose(tab.id)
    event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus()
  }
  return (
    <div role="tablist" aria-label={label} className="choice" onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          aria-selected={tab.id === chosen}
          aria-controls={panelId}
          tabIndex={tab.id === chosen ? 0 : -1}
          onClick={() => onChoose(tab.id)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  )
}
