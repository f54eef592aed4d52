/** How the HTML source is edited: CodeMirror with what an author of mails needs, coloured by the console's own CSS. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { html } from '@codemirror/lang-html'
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language'
import { lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { documentNonce } from '#console/ui/document-nonce.ts'

const highlighting = HighlightStyle.define([
  { tag: [tags.tagName, tags.angleBracket], class: 'cm-tag' },
  { tag: tags.attributeName, class: 'cm-attribute' },
  { tag: [tags.attributeValue, tags.string], class: 'cm-value' },
  { tag: [tags.comment, tags.documentMeta, tags.processingInstruction], class: 'cm-quiet' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], class: 'cm-property' },
  { tag: [tags.number, tags.unit, tags.color, tags.atom, tags.keyword, tags.character], class: 'cm-literal' },
])

/** HTML in the console's colours, light and dark. */
export const sourceColours: Extension = syntaxHighlighting(highlighting)

/** Measures only; every colour stands in template-editor.css. */
const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', color: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '21px' },
  '.cm-content': { padding: '12px 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 16px 0 4px' },
})

/**
 * A longer text that comes at once (dictated, expanded from a shorthand) goes in as a whole: a browser is slow at it. So does
 * one in place of a selection, which may be so fresh that the editor has not been told of it yet.
 */
const atOnce = 200

const takeLongText = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType } = event
    const chosen = getSelection()
    if (inputType !== 'insertText' || !data || !chosen?.anchorNode || !chosen.focusNode) return false
    const isReplacing = data.length > 1 && !chosen.isCollapsed
    if (!isReplacing && data.length <= atOnce && !data.includes('\n')) return false
    if (view.composing || !view.contentDOM.contains(chosen.anchorNode)) return false
    const from = view.posAtDOM(chosen.anchorNode, chosen.anchorOffset)
    const to = view.posAtDOM(chosen.focusNode, chosen.focusOffset)
    const insert = view.state.toText(data)
    view.dispatch({
      changes: { from: Math.min(from, to), to: Math.max(from, to), insert },
      selection: { anchor: Math.min(from, to) + insert.length },
      scrollIntoView: true,
      userEvent: 'input.paste',
    })
    event.preventDefault()
    return true
  },
})

type Setup = {
  label: string
  phrases: Record<string, string>
  onChange: (view: EditorView) => void
  onCursorMoved: () => void
}

export function sourceSetup({ label, phrases, onChange, onCursorMoved }: Setup): Extension {
  return [
    EditorView.cspNonce.of(documentNonce()),
    EditorState.phrases.of(phrases),
    history(),
    drawSelection(),
    dropCursor(),
    html({ autoCloseTags: false, matchClosingTags: false }),
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    foldGutter({ openText: '⌄', closedText: '›' }),
    codeFolding(),
    indentUnit.of('  '),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: false }),
    highlightSelectionMatches(),
    search({ top: true }),
    sourceColours,
    EditorView.lineWrapping,
    look,
    takeLongText,
    freshSelection,
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.view)
      else if (update.selectionSet) onCursorMoved()
    }),
  ]
}

/** The ends of what is chosen in the document. */
function ends() {
  const { anchorNode = null, anchorOffset = 0, focusNode = null, focusOffset = 0 } = getSelection() ?? {}
  return { anchorNode, anchorOffset, focusNode, focusOffset }
}

class FreshSelection {
  private last = ends()

  constructor() {
    document.addEventListener('selectionchange', this.note)
  }

  update({ view, selectionSet, changes }: ViewUpdate): void {
    const positions = selectionSet || view.composing ? undefined : this.unheard(view)
    queueMicrotask(() => {
      if (positions) {
        const [anchor, head] = positions
        view.dispatch({ selection: { anchor: changes.mapPos(anchor), head: changes.mapPos(head) } })
      }
      this.note()
    })
  }

  destroy(): void {
    document.removeEventListener('selectionchange', this.note)
  }

  private readonly note = (): void => {
    this.last = ends()
  }

  /** Where a selection begins and ends that the browser has not told of. */
  private unheard(view: EditorView): [anchor: number, head: number] | undefined {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = ends()
    const isCollapsed = anchorNode === focusNode && anchorOffset === focusOffset
    const isLast =
      anchorNode === this.last.anchorNode &&
      anchorOffset === this.last.anchorOffset &&
      focusNode === this.last.focusNode &&
      focusOffset === this.last.focusOffset
    if (isCollapsed || isLast || !view.contentDOM.contains(anchorNode) || !view.contentDOM.contains(focusNode)) return
    if (anchorNode && focusNode) return [view.posAtDOM(anchorNode, anchorOffset), view.posAtDOM(focusNode, focusOffset)]
  }
}

/**
 * A browser tells of a selection a moment after it was made. What draws the editor in between (findings that arrive, a
 * draft that is put back) would put the old one in its place, and the next text would stand beside what it was to
 * replace. So the new one is read before it is lost, and chosen again.
 */
const freshSelection = ViewPlugin.fromClass(FreshSelection)

/** Keys of `CodeEditor.*`, by the phrase that CodeMirror looks up. */
const phrases = {
  Find: 'find',
  Replace: 'replaceWith',
  next: 'next',
  previous: 'previous',
  all: 'all',
  'match case': 'matchCase',
  'by word': 'byWord',
  regexp: 'regexp',
  replace: 'replace',
  'replace all': 'replaceAll',
  close: 'close',
  'current match': 'currentMatch',
  'on line': 'onLine',
  'replaced match on line $': 'replacedOnLine',
  'replaced $ matches': 'replacedMatches',
  'Go to line': 'goToLine',
  go: 'go',
  'Fold line': 'foldLine',
  'Unfold line': 'unfoldLine',
  'Folded lines': 'foldedLines',
  'Unfolded lines': 'unfoldedLines',
  to: 'to',
  'folded code': 'foldedCode',
  unfold: 'unfold',
  Completions: 'completions',
  Diagnostics: 'findings',
  'No diagnostics': 'noFindings',
  'Control character': 'controlCharacter',
  '$ unchanged lines': 'unchangedLines',
} as const

/** CodeMirror's own words (its find bar, its folds) in the reader's language. */
export function usePhrases(): Record<string, string> {
  const t = useTranslations('CodeEditor')
  return useMemo(
    () => Object.fromEntries(Object.entries(phrases).map(([phrase, key]) => [phrase, t(key, { count: '$' })])),
    [t],
  )
}
