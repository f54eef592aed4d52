/**
 * Backs an installation up, goes on sending, and restores it at another place: what was sent is not sent again before a person
 * says so. `npm run drill` copies the folder of an embedded database; `npm run drill -- --server=postgres://…` dumps and restores
 * by `pg_dump`. It ends with 1 where something is otherwise than docs/operating.md says.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Sandbox, sandboxGo, sandboxSettings, seed } from '../tests/support/running-signet.ts'
import { type Simulator, startSimulator } from '../tests/support/simulator.ts'
import { type Backups, dumpBackups, folderBackups, type Place } from './drill/backups.ts'
import { runAt } from './drill/copy.ts'
import type { Accepted } from './soak/callers.ts'
import { markOf, receivedOn } from './soak/verdict.ts'
import { say, step } from './steps/progress.ts'
import { explain, Refusal } from './steps/refusal.ts'

/** Messages of each channel in each phase. */
const count = 5
/** How long a held copy is watched, in milliseconds: a worker looks for jobs every second. */
const watchedMs = 8000
const patience = 60_000
/** A provider may take a second message to a number a minute later only. */
const patienceOfRepeats = 180_000
/** A port that nothing listens on: receipts are not what is drilled. */
const port = 9

type Phase = { what: string; sent: Accepted[]; times: number[] }

async function timesReceived(simulator: Simulator, messages: readonly Accepted[]): Promise<number> {
  let times = 0
  for (const channel of new Set(messages.map((message) => message.channel))) {
    const received = await receivedOn(simulator.url, channel)
    for (const message of messages) {
      if (message.channel === channel) times += received.get(markOf(channel, message)) ?? 0
    }
  }
  return times
}

/** Waits until these were received so often, all together. */
async function untilReceived(simulator: Simulator, messages: readonly Accepted[], each: number): Promise<void> {
  const until = performance.now() + patience
  while ((await timesReceived(simulator, messages)) < messages.length * each) {
    if (performance.now() > until) throw new Error('Not everything that was to be sent was sent within a minute.')
    await wait(200)
  }
}

async function drill(backups: Backups, simulator: Simulator, data: string): Promise<boolean> {
  const stage = { simulator, port, data }
  const database = ({ url }: Place) => ({ url, drop: () => Promise.resolve() })
  const { SIGNET_MASTER_KEY: _, ...common } = sandboxSettings({ ...stage, database: database(backups.first) })
  const settingsAt = (place: Place) => ({ ...common, DATABASE_URL: place.url, ...place.settings })
  await seed(settingsAt(backups.first), sandboxGo({ ...stage, database: database(backups.first) }))
  const { apps } = JSON.parse(readFileSync(join(data, 'sandbox.json'), 'utf8')) as Sandbox
  const key = apps.find((app) => app.key === 'smart-home')?.liveKey ?? ''
  const openid = simulator.wechat.openids.following[0] ?? ''
  // A sandbox is never held: what is drilled is an installation.
  const open = (place: Place) => runAt({ ...settingsAt(place), SIGNET_SANDBOX: 'off', HOST: '127.0.0.1' }, key, openid)
  await simulator.empty()
  const phases: Phase[] = []
  const note = (what: string, sent: Accepted[]) => phases.push({ what, sent, times: [] })
  const look = async () => {
    for (const phase of phases) phase.times.push(await timesReceived(simulator, phase.sent))
  }

  let at = await open(backups.first)
  try {
    await step('Sending over all channels', async () => {
      await at.startWorker()
      note('sent before the backup', await at.send(0, count))
      await untilReceived(simulator, phases[0]?.sent ?? [], 1)
      await at.stopWorker()
      note('queued in the backup', await at.send(count, count))
    })
    await at.stop()
    await step(`Backing up by ${backups.way}`, backups.keep)
    at = await open(backups.first)
    await step('Going on', async () => {
      await at.startWorker()
      note('sent after the backup', await at.send(2 * count, count))
      for (const { sent } of phases) await untilReceived(simulator, sent, 1)
    })
    await at.stop()
    await look()

    const other = await step('Restoring at another place', backups.restore)
    at = await open(other)
    await at.startWorker()
    const [before, queued] = phases
    const kept = [...(before?.sent ?? []), ...(queued?.sent ?? [])]
    const isHeld = await at.isHeld()
    note('accepted by the held copy', await at.send(3 * count, count))
    await step('Watching the held copy', () => wait(watchedMs))
    for (const phase of phases.slice(3)) phase.times.push(0)
    await look()
    const [known, failing] = [await at.known(kept), await at.failing()]
    await at.release()
    await step('Released', () => at.untilDone(patienceOfRepeats))
    await look()
    return tell(phases, { isHeld, known: `${known} of ${kept.length}`, isReadable: known === kept.length, failing })
  } finally {
    await at.stop()
  }
}

type Seen = { isHeld: boolean; known: string; isReadable: boolean; failing: number }

/** Says what was seen, and whether all of it is as promised. */
function tell(phases: readonly Phase[], { isHeld, known, isReadable, failing }: Seen): boolean {
  // How often each is received. What was queued goes out again once released, but where the provider notices the repeat.
  const promised = [
    { least: [1, 0, 0], most: [1, 0, 0] },
    { least: [1, 0, 0], most: [1, 0, 1] },
    { least: [1, 0, 0], most: [1, 0, 0] },
    { least: [0, 0, 1], most: [0, 0, 1] },
  ]
  say()
  say('| Messages | Accepted | Received before the restore | By the held copy | Once released |')
  say('| --- | ---: | ---: | ---: | ---: |')
  let isGood = isHeld && isReadable && failing === 0
  for (const [index, { what, sent, times }] of phases.entries()) {
    const more = times.map((now, n) => now - (times[n - 1] ?? 0))
    say(`| ${[what, sent.length, ...more].join(' | ')} |`)
    const { least = [], most = [] } = promised[index] ?? {}
    isGood &&= more.every((number, n) => number >= (least[n] ?? 0) * sent.length)
    isGood &&= more.every((number, n) => number <= (most[n] ?? 0) * sent.length)
  }
  say()
  say(
    `The copy was ${isHeld ? '' : 'not '}held. Its log has ${known} messages of before. Accounts that fail: ${failing}.`,
  )
  say(isGood ? 'All is as promised.' : 'This is not as promised.')
  return isGood
}

async function main(): Promise<boolean> {
  const [given, ...more] = process.argv.slice(2)
  const server = /^--server=(postgres(?:ql)?:.+)$/.exec(given ?? '')?.[1]
  if (more.length > 0 || (given && !server)) throw new Refusal('There is --server=postgres://…, and nothing else.')
  const masterKey = randomBytes(32).toString('base64')
  const data = mkdtempSync(join(tmpdir(), 'signet-drill-'))
  const simulator = await startSimulator()
  const backups = await (server ? dumpBackups(masterKey, server) : folderBackups(masterKey))
  try {
    return await drill(backups, simulator, data)
  } finally {
    await backups.remove()
    await simulator.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

try {
  process.exit((await main()) ? 0 : 1)
} catch (error) {
  explain(error)
  process.exit(1)
}
