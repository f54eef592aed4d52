'use client'
/** Two drafts beside each other. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Differences } from '../ui/differences.tsx'

export type Side<Draft> = { label: string; draft: Draft }

/** Shows where two drafts differ. */
export type Compare<Draft> = (before: Side<Draft>, after: Side<Draft>) => ReactNode

export function Compared({ before, after, children }: { before: string; after: string; children: ReactNode }) {
  return (
    <div className="compare">
      <div className="compare-head">
        <span>{before}</span>
        <span>{after}</span>
      </div>
      {children}
    </div>
  )
}

/** A draft as lines to compare, each under a name of its own. */
export type Line = { name: string; text: string }

/** Compares drafts line by line: those of one name beside each other, in the order of what was before and then of what is new. */
export const byLines =
  <Draft,>(linesOf: (draft: Draft) => Line[]): Compare<Draft> =>
  (before, after) => (
    <Compared before={before.label} after={after.label}>
      <LinesCompared before={linesOf(before.draft)} after={linesOf(after.draft)} />
    </Compared>
  )

function LinesCompared({ before, after }: { before: readonly Line[]; after: readonly Line[] }) {
  const t = useTranslations('TemplateEditor')
  const names = [...new Set([...before, ...after].map(({ name }) => name))]
  const textOf = (lines: readonly Line[], name: string) => lines.find((line) => line.name === name)?.text ?? ''
  return (
    <Differences
      fields={names.map((name) => ({ name, before: textOf(before, name), after: textOf(after, name) }))}
      none={t('noDifference')}
    />
  )
}
