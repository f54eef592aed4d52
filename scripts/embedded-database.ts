/** A real Postgres that needs no installation: its programs are a package, its data a folder of ours, on 127.0.0.1 only. */
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { usableBinaries } from './database/binaries.ts'
import { ensureCluster, explainFailure } from './database/cluster.ts'
import { type Home, openHome } from './database/home.ts'
import { databaseUrl, ensureDatabase } from './database/role.ts'
import { endEarlierServer, runServer, type Server, ServerFailure } from './database/server.ts'
import { remember } from './steps/processes.ts'
import { codeOf, Refusal } from './steps/refusal.ts'
import { makePath } from './steps/write-safely.ts'

export type Database = Server & { url: string; port: number }
export type DatabaseOptions = {
  /** The data folder: its `database.json` remembers where the cluster is, `logs/database.log` is the server's log. */
  dataDir: string
  /** Told in words what is unusual. */
  log(line: string): void
  /** The port; a free one, the last one if possible, when not given. */
  port?: number
  /** False gives up surviving a power loss for speed, and lets its role make databases: for tests only. */
  durable?: boolean
}

async function isFree(port: number): Promise<number | undefined> {
  return new Promise((done) => {
    const probe = createServer()
    probe.on('error', () => done(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}

/** A port for a database: the wanted one while it is free. */
export async function freePort(wanted = 0): Promise<number> {
  const port = (await isFree(wanted)) ?? (await isFree(0))
  if (port === undefined) throw new Refusal('There is no free port on 127.0.0.1 for the embedded database.')
  return port
}

/** After a kill the lock file and the old server's memory are in the way until the system has collected its processes. */
const passes = /lock file ".*" already exists|pre-existing shared memory block|is still in use/
const portTaken = /could not bind|address already in use/i

async function startWithPatience(home: Home, options: DatabaseOptions, port: number): Promise<[Server, number]> {
  const binaries = usableBinaries(home.account, home.home)
  await ensureCluster(home, binaries)
  const logFile = join(options.dataDir, 'logs', 'database.log')
  const until = performance.now() + 10_000
  for (let current = port; ; ) {
    try {
      const durable = options.durable ?? true
      return [await runServer({ home, binaries, port: current, durable, logFile }), current]
    } catch (error) {
      if (!(error instanceof ServerFailure)) throw error
      if (performance.now() > until || !(passes.test(error.message) || portTaken.test(error.message))) {
        throw explainFailure('The embedded database did not start', home.home, error.message)
      }
      if (portTaken.test(error.message) && options.port === undefined) current = await freePort()
      await endEarlierServer(home, options.log)
      await wait(200)
    }
  }
}

/**
 * Starts the embedded database of a data folder and answers its address. A server that an earlier, killed start left
 * running is stopped first; `ended` tells when this one stops, however that comes about.
 * @throws Refusal with a sentence for the person
 */
export async function startDatabase(options: DatabaseOptions): Promise<Database> {
  makeFolders(options.dataDir)
  const home = openHome(options.dataDir)
  await endEarlierServer(home, options.log)
  const wanted = options.port ?? (await freePort(home.port))
  const [server, port] = await startWithPatience(home, options, wanted)
  try {
    home.save({ port, startedBy: remember('starter', process.pid) })
    await ensureDatabase(home, port, options.durable === false)
  } catch (error) {
    await server.stop()
    throw error
  }
  return { ...server, url: databaseUrl(home, port), port }
}

function makeFolders(dataDir: string): void {
  try {
    makePath(join(dataDir, 'logs'))
  } catch (error) {
    throw new Refusal(`The data folder ${dataDir} cannot be written (${codeOf(error)}).`)
  }
}
