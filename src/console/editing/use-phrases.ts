'use client'
/** CodeMirror's own words (its find bar, its folds) in the reader's language. */
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'

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

export function usePhrases(): Record<string, string> {
  const t = useTranslations('CodeEditor')
  return useMemo(
    () => Object.fromEntries(Object.entries(phrases).map(([phrase, key]) => [phrase, t(key, { count: '$' })])),
    [t],
  )
}
