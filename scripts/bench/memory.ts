/** P13: what an idle installation holds in memory. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import type { Installation } from './installation.ts'
import type { Line, Measurement } from './measurement.ts'
import { short } from './statistics.ts'

const idleFor = 20_000

type Held = { rss: number; pss: number }

/** MiB of a process: all that is mapped, and its fair share of what it shares with others. */
function heldBy(pid: number): Held {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  const amount = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0) / 1024
  return { rss: amount('Rss'), pss: amount('Pss') }
}

const parentOf = (pid: string): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

function withChildren(pid: number): number[] {
  const children = readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && parentOf(name) === pid
    } catch {
      return false
    }
  })
  return [pid, ...children.map(Number)]
}

async function databasePid(databaseUrl: string): Promise<number> {
  const sql = postgres(databaseUrl, { max: 1 })
  const [row] = await sql`select current_setting('data_directory') as folder`
  await sql.end()
  return Number(readFileSync(join(row?.folder, 'postmaster.pid'), 'utf8').split('\n')[0])
}

const sum = (pids: number[]): Held =>
  pids.map(heldBy).reduce((all, one) => ({ rss: all.rss + one.rss, pss: all.pss + one.pss }), { rss: 0, pss: 0 })

async function measure(installed: Installation): Promise<Record<string, Held>> {
  const running = await installed.start()
  try {
    const headers = { cookie: await installed.signIn(running.url) }
    for (let visit = 0; visit < 10; visit++) await (await fetch(`${running.url}/messages`, { headers })).text()
    const database = await databasePid(installed.databaseUrl())
    await wait(idleFor)
    const { web = 0, worker = 0, simulator = 0 } = installed.processes()
    return {
      web: sum([web]),
      worker: sum([worker]),
      database: sum(withChildren(database)),
      simulator: sum([simulator]),
    }
  } finally {
    await running.stop()
  }
}

export const memory: Measurement = {
  goals: ['P13'],
  how: `After a start, ten visits of the list page and ${idleFor / 1000} s of rest: proportional set size (PSS, \`/proc/*/smaps_rollup\`) of the web process, the worker and the embedded database with all of its processes.`,
  async run({ installation }): Promise<Line[]> {
    if (process.platform !== 'linux') return []
    const held = await measure(await installation())
    const { web, worker, database, simulator } = held
    const all = [web, worker, database].reduce((total, one) => total + (one?.pss ?? 0), 0)
    const tell = (name: string, one: Held | undefined) =>
      `${name} ${short(one?.pss ?? 0)} (RSS ${short(one?.rss ?? 0)})`
    return [
      {
        goal: 'P13',
        what: 'Memory at rest: web, worker and embedded database',
        wanted: '≤ 350 MiB',
        stretch: '–',
        reached: `${short(all)} MiB`,
        isMet: all <= 350,
        detail: `${tell('web', web)}, ${tell('worker', worker)}, ${tell('database', database)}; not counted: ${tell('simulator', simulator)}`,
      },
    ]
  },
}
