/**
 * The words that stand before each value where a row is shown as a card. Given once for a table, and not with every cell,
 * so that long lists stay light.
 */
import type { CSSProperties } from 'react'

/** @param labels of the columns from the second on; the first one names the row */
export function columnLabels(...labels: string[]): CSSProperties {
  return Object.fromEntries(labels.map((label, index) => [`--label-${index + 2}`, JSON.stringify(label)]))
}
