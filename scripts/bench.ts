/**
 * Measures Signet against the bare thing that does the same, side by side in one run, and shows the ratios beside their
 * goals. `npm run bench` measures all, `npm run bench P1 P5` only these; `--rounds=7` asks for more rounds than five.
 */
import { accept } from './bench/accept.ts'
import { killChildren } from './bench/child.ts'
import { drain } from './bench/drain.ts'
import { drainSms } from './bench/drain-sms.ts'
import { handover } from './bench/handover.ts'
import { type Installation, install } from './bench/installation.ts'
import { listPage, pageWeight } from './bench/list-page.ts'
import type { Ground, Line, Measurement } from './bench/measurement.ts'
import { memory } from './bench/memory.ts'
import { preview } from './bench/preview.ts'
import { keep, print } from './bench/report.ts'
import { emptyQueue, openStage, type Stage } from './bench/stage.ts'
import { startTime } from './bench/start-time.ts'
import { say, step } from './steps/progress.ts'
import { explain, Refusal } from './steps/refusal.ts'

const measurements: readonly Measurement[] = [
  drain,
  accept,
  handover,
  drainSms,
  listPage,
  pageWeight,
  preview,
  startTime,
  memory,
]

function readParameters(given: readonly string[]) {
  const wished = given.filter((word) => !word.startsWith('--')).map((word) => word.toUpperCase())
  const known = measurements.flatMap(({ goals }) => goals)
  const strange = wished.find((goal) => !known.includes(goal))
  if (strange) throw new Refusal(`There is no measurement ${strange}; there are ${known.join(', ')}.`)
  const rounds = Number(given.find((word) => word.startsWith('--rounds='))?.slice(9) ?? 5)
  const chosen = measurements.filter(({ goals }) => wished.length === 0 || goals.some((goal) => wished.includes(goal)))
  return { chosen, rounds, isKept: !given.includes('--dry') && rounds >= 5 }
}

function makeGround(): Ground & { clear(): Promise<void> } {
  let stage: Promise<Stage> | undefined
  let installation: Promise<Installation> | undefined
  return {
    async stage() {
      stage ??= step('Setting up a database, sinks for mail and SMS, and an organization', openStage)
      await emptyQueue((await stage).parts.db)
      return stage
    },
    installation: () => (installation ??= step('Starting Signet for the first time', install)),
    async clear() {
      await (await stage?.catch(() => undefined))?.close()
      ;(await installation?.catch(() => undefined))?.remove()
    },
  }
}

/** The other measurements go on. */
function noteFailure(error: unknown): Line[] {
  explain(error)
  process.exitCode = 1
  return []
}

async function main(): Promise<void> {
  const { chosen, rounds, isKept } = readParameters(process.argv.slice(2))
  const ground = makeGround()
  const lines: Line[] = []
  try {
    for (const measurement of chosen) {
      say(`${measurement.goals.join(', ')} …`)
      lines.push(...(await measurement.run(ground, rounds).catch(noteFailure)))
      say()
    }
  } finally {
    await ground.clear()
  }
  print(lines)
  if (isKept) keep(lines, rounds, measurements)
}

for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    killChildren()
    process.exit(1)
  })
}
try {
  await main()
  process.exit()
} catch (error) {
  explain(error)
  killChildren()
  process.exit(1)
}
