/** Shows the results and keeps them in docs/performance.md, where a run of some measurements leaves the other ones alone. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { inRoot } from '../steps/places.ts'
import { say } from '../steps/progress.ts'
import type { Line, Measurement } from './measurement.ts'

const file = inRoot('docs', 'performance.md')
const begin = '<!-- results: written by npm run bench -->'
const end = '<!-- end of results -->'
const head = [
  '| | What | Goal | Stretch | Reached | | In detail | Measured |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
]

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${cpus().length} × ${model}, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}`
}

const goalOf = (row: string): string => row.split('|')[1]?.trim() ?? ''
const order = (row: string): number => Number(/P(\d+)/.exec(goalOf(row))?.[1] ?? 0)

export function print(lines: readonly Line[]): void {
  say()
  for (const line of lines) {
    say(`${line.goal}  ${line.what}`)
    say(`    ${line.reached}   goal ${line.wanted}, stretch ${line.stretch}   ${line.isMet ? 'reached' : 'MISSED'}`)
    say(`    ${line.detail}`)
  }
}

/** Puts the lines into the table, in place of those of the same goals, and says below it how each is measured. */
export function keep(lines: readonly Line[], rounds: number, measurements: readonly Measurement[]): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : `# Performance\n\n${begin}\n${end}\n`
  const [before, after] = [text.indexOf(begin), text.indexOf(end)]
  if (before === -1 || after === -1) throw new Error(`${file} has lost the marks between which results stand.`)
  const day = new Date().toISOString().slice(0, 10)
  const measured = new Set(lines.map(({ goal }) => goal))
  const kept = text
    .slice(before, after)
    .split('\n')
    .filter((row) => /^\| P\d/.test(row) && !measured.has(goalOf(row)))
  const fresh = lines.map(
    (line) =>
      `| ${[line.goal, line.what, line.wanted, line.stretch, `**${line.reached}**`, line.isMet ? 'yes' : '**no**', line.detail, day].join(' | ')} |`,
  )
  const rows = [...kept, ...fresh].sort((a, b) => order(a) - order(b))
  const about = `Last run: ${day}, ${rounds} rounds, on ${machine()}. Each value is the median of the rounds, in brackets the least and the most.`
  const how = [...measurements]
    .sort((a, b) => order(`|${a.goals[0]}`) - order(`|${b.goals[0]}`))
    .map((measurement) => `- **${measurement.goals.join(', ')}**: ${measurement.how}`)
  const written = [begin, about, '', ...head, ...rows, '', 'How each is measured:', '', ...how, ''].join('\n')
  writeFileSync(file, `${text.slice(0, before)}${written}${text.slice(after)}`)
}
