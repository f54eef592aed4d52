/** What the editor tells an author about a template while it is written. */
import type { ContentField } from '../content-store.ts'

export type Place = {
  /** Both from 1; the column in UTF-16 units. */
  line: number
  column: number
  /** Where it stands in the field's source, from 0. */
  offset: number
  length: number
}

export type Finding = {
  /** A key of `Findings.*`. */
  code: string
  /** An `error` blocks saving, a `hint` never does. */
  severity: 'error' | 'hint'
  field: ContentField
  params: Record<string, string | number>
  /** Where it is found: the first of `count` places. */
  place?: Place
  count: number
}

/** What a finding is looked for in. */
export type FindingScenario = { kind: 'verification' | 'notification'; variables: readonly string[] }

/** Turns offsets into places, for offsets in any order. */
export function placesIn(source: string): (offset: number, length: number) => Place {
  const starts = [0]
  for (let at = 0; at < source.length; at++) {
    const unit = source.charCodeAt(at)
    if (unit === 10 || (unit === 13 && source.charCodeAt(at + 1) !== 10)) starts.push(at + 1)
  }
  return (offset, length) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset, length }
  }
}
