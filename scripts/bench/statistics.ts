/** Medians, percentiles and spreads of a handful of rounds. */

/** The smallest value that `part` (0 to 1) of the values do not exceed. @throws Error where nothing was answered */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const found = sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)]
  if (found === undefined || !Number.isFinite(found)) throw new Error('A round ended without an answer.')
  return found
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Three significant digits, thousands apart: `0.98`, `12.3`, `1,460`. */
export function short(value: number): string {
  if (Number.isNaN(value)) return '–'
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

/** `0.98 (0.95–1.02)`: the median, and the least and the most of the rounds. */
export function told(values: readonly number[], unit = ''): string {
  if (values.length === 1) return `${short(median(values))}${unit}`
  return `${short(median(values))}${unit} (${short(Math.min(...values))}–${short(Math.max(...values))})`
}
