'use client'
/** The difference of two contents side by side, or one under the other where there is no room for two. */
import { html } from '@codemirror/lang-html'
import { MergeView, unifiedMergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import type { EmailContent } from '#channels/email/content.ts'
import { Compared, type Side } from '#console/editing/compare.tsx'
import { Differences } from '#console/ui/differences.tsx'
import { documentNonce } from '#console/ui/document-nonce.ts'
import { sourceColours, usePhrases } from './source-setup.ts'

type Props = { before: Side<EmailContent>; after: Side<EmailContent> }

const collapse = { collapseUnchanged: { margin: 3, minSize: 6 } }

function compare(parent: HTMLElement, { before, after }: Props, phrases: Record<string, string>): () => void {
  const shared = (label: string): Extension => [
    EditorView.cspNonce.of(documentNonce()),
    EditorState.phrases.of(phrases),
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ 'aria-label': label }),
    EditorView.lineWrapping,
    html(),
    lineNumbers(),
    sourceColours,
  ]
  const [old, now] = [before.draft.html, after.draft.html]
  if (parent.clientWidth < 640) {
    const merge = unifiedMergeView({ original: old, mergeControls: false, ...collapse })
    const view = new EditorView({ parent, doc: now, extensions: [shared(after.label), merge] })
    return () => view.destroy()
  }
  const view = new MergeView({
    parent,
    a: { doc: old, extensions: shared(before.label) },
    b: { doc: now, extensions: shared(after.label) },
    ...collapse,
  })
  return () => view.destroy()
}

export function SourceCompare(props: Props) {
  const t = useTranslations('TemplateEditor')
  const { before, after } = props
  const phrases = usePhrases()
  const container = useRef<HTMLDivElement>(null)
  const [old, now] = [before.draft.html, after.draft.html]
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other sources make another view
  useEffect(() => (container.current ? compare(container.current, props, phrases) : undefined), [old, now])
  const differs = old !== now
  const fields = (['subject', 'fromName', 'text'] as const).map((field) => ({
    name: t(`field_${field}`),
    before: before.draft[field] ?? '',
    after: after.draft[field] ?? '',
  }))
  return (
    <Compared before={before.label} after={after.label}>
      <Differences fields={fields} {...(differs ? {} : { none: t('noDifference') })} />
      <div ref={container} className="compare-source" hidden={!differs} />
    </Compared>
  )
}
