/** The table of a soak, as docs/reliability.md has it, and whether all is as promised. */
import { say } from '../steps/progress.ts'
import type { Answer } from './callers.ts'
import type { Made } from './troubles.ts'
import type { Line } from './verdict.ts'

export type Result = {
  lines: readonly Line[]
  /** What processes said that ended by themselves. */
  fallen: readonly string[]
  made: Made
  answers: readonly Answer[]
}

const promised = ['lost', 'double', 'stuck'] as const

/** 502 and 504 are a balancer's. */
export const isGood = ({ lines, fallen, answers }: Result): boolean =>
  fallen.length === 0 &&
  lines.every((line) => promised.every((what) => line[what].length === 0)) &&
  answers.every(({ status }) => [0, 202, 502, 503, 504].includes(status))

const count = <Key>(keys: readonly Key[]) => {
  const counted = new Map<Key, number>()
  for (const key of keys) counted.set(key, (counted.get(key) ?? 0) + 1)
  return [...counted]
}

export function print({ lines, fallen, made, answers }: Result): void {
  const columns = ['tried', 'accepted', 'lost', 'double', 'repeated', 'unknown', 'stuck'] as const
  const numberOf = (line: Line, column: (typeof columns)[number]) =>
    column === 'tried' || column === 'accepted' ? line[column] : line[column].length
  const row = (cells: readonly unknown[]) => say(`| ${cells.join(' | ')} |`)
  say()
  row(['channel', ...columns])
  row(['---', ...columns.map(() => '---:')])
  for (const line of lines) row([line.channel, ...columns.map((column) => numberOf(line, column))])
  row(['all', ...columns.map((column) => lines.reduce((sum, line) => sum + numberOf(line, column), 0))])
  say()
  const answered = count(answers.map(({ status }) => status)).map(
    ([status, times]) => `${times} ${status === 0 ? 'not at all' : status}`,
  )
  say(`Calls were answered: ${answered.join(', ')}.`)
  for (const [what, times] of [...made].sort()) say(`${times} × ${what}`)
  for (const line of lines) {
    for (const what of promised) if (line[what].length > 0) say(`${what} (${line.channel}): ${line[what].join(' ')}`)
  }
  for (const said of fallen) say(`A process ended by itself:\n${said}`)
}
