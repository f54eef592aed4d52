/**
 * Sends messages over all channels while processes and the database are killed, and then looks for what was accepted and is
 * not there, or twice. `npm run soak -- --messages=2000 --webs=2 --workers=3 --seed=7`, with `--cluster` against three Postgres
 * servers by Patroni; ends with 1 where something is wrong.
 */
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { startCalling } from './soak/callers.ts'
import { clusterDatabase } from './soak/cluster.ts'
import { embeddedDatabase, type SoakDatabase } from './soak/database.ts'
import { type Installation, install, type Size } from './soak/installation.ts'
import { seededRandom } from './soak/random.ts'
import { isGood, print } from './soak/report.ts'
import { makeTrouble } from './soak/troubles.ts'
import { judge, unfinished } from './soak/verdict.ts'
import { ensureBuild } from './steps/build.ts'
import { elapsed, say, step } from './steps/progress.ts'
import { explain, Refusal } from './steps/refusal.ts'

type Wish = Omit<Size, 'web'> & { seed: number }
/** Words that are there or not. */
const choices = ['--cluster'] as const

/** What is still to be sent when all is accepted has so long, in milliseconds. */
const patience = 600_000

const usual: Wish = { messages: 20_000, webs: 2, workers: 3, seed: Date.now() % 1_000_000 }

function readWish(given: readonly string[]): Wish {
  const wish = { ...usual }
  for (const word of given.filter((any) => !choices.some((choice) => choice === any))) {
    const [, name = '', number = ''] = /^--(\w+)=(\d+)$/.exec(word) ?? []
    if (!(name in wish) || !(Number(number) > 0)) {
      throw new Refusal(
        `There is no ${word}; there are --messages=20000, --webs=2, --workers=3, --seed=7 and ${choices.join(', ')}.`,
      )
    }
    wish[name as keyof Wish] = Number(number)
  }
  return wish
}

const halt = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.on(name, () => halt.abort())

async function soak(installation: Installation, database: SoakDatabase, { messages, seed }: Wish): Promise<boolean> {
  const { urls, key, openid, simulator, webs, workers } = installation
  const random = seededRandom(seed)
  const began = performance.now()
  const calling = startCalling({ urls: () => urls, key, openid, total: messages, senders: 16, rest: 50, random })
  const over = new AbortController()
  const reached = () => calling.accepted.length
  const making = makeTrouble(installation, database, random, reached, AbortSignal.any([over.signal, halt.signal]))
  const telling = setInterval(() => say(`${reached()} of ${messages} accepted, ${elapsed(began)}`), 15_000)
  try {
    await Promise.race([calling.done, making.then(() => undefined)])
  } finally {
    clearInterval(telling)
    over.abort()
  }
  const made = await making
  // Calls are under way: what they become is not known.
  if (halt.signal.aborted) throw new Refusal('The soak was stopped.')
  say(`${reached()} accepted in ${elapsed(began)}.`)
  const sql = postgres(database.url, { max: 1, onnotice: () => undefined })
  try {
    await step('Waiting until nothing is under way', async () => {
      const until = performance.now() + patience
      // The database may only just be coming back.
      const isBusy = () =>
        unfinished(sql).then(
          (left) => left.length > 0,
          () => true,
        )
      while (!halt.signal.aborted && performance.now() < until && (await isBusy())) await wait(500)
    })
    const lines = await judge(sql, simulator.url, calling)
    const fallen = [...webs, ...workers].flatMap((process) => process.fallen() ?? [])
    const result = { lines, fallen, made, answers: calling.answers }
    print(result)
    return isGood(result)
  } finally {
    await sql.end()
  }
}

async function main(): Promise<boolean> {
  const wish = readWish(process.argv.slice(2))
  await ensureBuild(halt.signal)
  say(`${wish.messages} messages, ${wish.webs} web processes, ${wish.workers} workers, seed ${wish.seed}.`)
  const open = process.argv.includes('--cluster') ? clusterDatabase : embeddedDatabase
  const database = await step('Starting a database', () => open(seededRandom(wish.seed + 1)))
  try {
    const installation = await step('Starting Signet', () => install(database, wish))
    try {
      return await soak(installation, database, wish)
    } finally {
      await installation.stop()
    }
  } finally {
    await database.remove()
  }
}

try {
  process.exit((await main()) ? 0 : 1)
} catch (error) {
  explain(error)
  process.exit(1)
}
