'use client'
/**
 * The HTML source. Tab indents; Escape and then Tab leaves, so that nobody who works by keyboard is caught in it.
 * Loaded by itself: everything that is only needed to edit comes with this file.
 */
import { linter, setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { Variable } from '#console/editing/samples.tsx'
import { type ContentStore, writeField } from '../content.ts'
import type { Finding } from '../findings/finding.ts'
import { sourceSetup, usePhrases } from './source-setup.ts'
import { variableSupport } from './variables.ts'

export type SourceHandle = {
  /** Puts the cursor to a place and shows it. */
  reveal(offset: number, length: number): void
  /** Writes at the cursor, in place of what is selected. */
  insert(text: string): void
  focus(): void
}

type Props = {
  content: ContentStore
  variables: readonly Variable[]
  findings: readonly Finding[]
  /** The finding in the reader's words. */
  sayFinding: (finding: Finding) => string
  label: string
  /** Told of every move of the cursor that is no typing. */
  onCursorMoved: () => void
  isReadOnly?: boolean
  ref?: Ref<SourceHandle>
}

/** What the editor holds, in one type of line break, as it is stored. */
const textOf = (view: EditorView) => view.state.doc.toString()

function handleOf(view: () => EditorView | undefined): SourceHandle {
  return {
    reveal(offset, length) {
      const editor = view()
      if (!editor) return
      const size = editor.state.doc.length
      const anchor = Math.min(offset, size)
      editor.dispatch({
        selection: { anchor, head: Math.min(offset + length, size) },
        effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
      })
      editor.focus()
    },
    insert(text) {
      const editor = view()
      if (!editor) return
      editor.dispatch(editor.state.replaceSelection(text), { scrollIntoView: true, userEvent: 'input' })
      editor.focus()
    },
    focus: () => view()?.focus(),
  }
}

export default function SourceEditor(props: Props) {
  const { content, variables, findings, sayFinding, label, isReadOnly = false, ref } = props
  const phrases = usePhrases()
  const container = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const variablePart = useRef(new Compartment())
  const readOnlyPart = useRef(new Compartment())
  useImperativeHandle(ref, () => handleOf(() => view.current), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once for a content; what else changes is handed to it below
  useEffect(() => {
    const parent = container.current
    if (!parent) return
    const editor = new EditorView({
      parent,
      doc: content.get().html,
      extensions: [
        sourceSetup({
          ...{ label, phrases, onCursorMoved: props.onCursorMoved },
          onChange: (changed) => writeField(content, 'html', textOf(changed)),
        }),
        linter(null),
        variablePart.current.of(variableSupport(variables)),
        readOnlyPart.current.of(EditorState.readOnly.of(isReadOnly)),
      ],
    })
    view.current = editor
    const unsubscribe = content.subscribe((cause) => {
      const { html } = content.get()
      if (cause === 'typed' || textOf(editor) === html) return
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: html } })
    })
    return () => {
      unsubscribe()
      editor.destroy()
      view.current = undefined
    }
  }, [content])

  useEffect(() => {
    view.current?.dispatch({ effects: variablePart.current.reconfigure(variableSupport(variables)) })
  }, [variables])
  useEffect(() => {
    view.current?.dispatch({ effects: readOnlyPart.current.reconfigure(EditorState.readOnly.of(isReadOnly)) })
  }, [isReadOnly])
  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const size = editor.state.doc.length
    const underlined = findings.flatMap((finding) => {
      const { field, severity, place: at } = finding
      if (field !== 'html' || !at || at.offset >= size) return []
      const to = Math.min(at.offset + at.length, size, editor.state.doc.lineAt(at.offset).to)
      return [
        {
          from: at.offset,
          to,
          severity: severity === 'error' ? 'error' : 'warning',
          message: sayFinding(finding),
        } as const,
      ]
    })
    editor.dispatch(setDiagnostics(editor.state, underlined))
  }, [findings, sayFinding])

  return <div ref={container} className="source" />
}
