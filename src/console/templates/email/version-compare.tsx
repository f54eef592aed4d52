'use client'
/** The difference of two contents side by side, or one under the other where there is no room for two. */
import { html } from '@codemirror/lang-html'
import { MergeView, unifiedMergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import type { EmailContent } from '#channels/email/content.ts'
import { Differences } from '#console/ui/differences.tsx'
import { documentNonce } from '#console/ui/document-nonce.ts'
import { asEdited } from './content-store.ts'
import { sourceColours } from './source/source-setup.ts'

type Side = {
  /** Says which content this is: "Version 6, Ada, 3 May". */
  label: string
  content: EmailContent
}
type Props = { before: Side; after: Side; phrases: Record<string, string> }

const collapse = { collapseUnchanged: { margin: 3, minSize: 6 } }

function compare(parent: HTMLElement, { before, after, phrases }: Props): () => void {
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
  const [old, now] = [asEdited(before.content).html, asEdited(after.content).html]
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

export default function VersionCompare(props: Props) {
  const t = useTranslations('TemplateEditor')
  const { before, after } = props
  const container = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other contents make another view
  useEffect(() => (container.current ? compare(container.current, props) : undefined), [before.content, after.content])
  const differs = asEdited(before.content).html !== asEdited(after.content).html
  const fields = (['subject', 'fromName', 'text'] as const).map((field) => ({
    name: t(`field_${field}`),
    before: before.content[field] ?? '',
    after: after.content[field] ?? '',
  }))
  return (
    <div className="compare">
      <div className="compare-head">
        <span>{before.label}</span>
        <span>{after.label}</span>
      </div>
      <Differences fields={fields} {...(differs ? {} : { none: t('noDifference') })} />
      <div ref={container} className="compare-source" hidden={!differs} />
    </div>
  )
}
