/** Brings up the parts of Signet, side by side where one does not need the other. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, readFileSync } from 'node:fs'
import { type Database, startDatabase } from '../embedded-database.ts'
import type { Go } from '../prepare.ts'
import type { SandboxPlace } from '../sandbox.ts'
import { ensureBuild } from '../steps/build.ts'
import { openLog } from '../steps/log-file.ts'
import { inRoot, root } from '../steps/places.ts'
import { step } from '../steps/progress.ts'
import { Refusal } from '../steps/refusal.ts'
import { lastLines } from '../steps/run.ts'
import type { DataFolder } from './data-folder.ts'
import { hasCertificate, serviceEnvironment, simulatorEnvironment } from './environment.ts'
import { type Following, followReceipts } from './follow-receipts.ts'
import { isPrepared, markPrepared } from './prepared.ts'
import { answersReady, logsReady, nodeFlags, type Program, saysReady, startProgram } from './programs.ts'
import { ensureSimulatorAccess } from './secrets.ts'
import type { StartSettings } from './settings.ts'
import { type Service, supervise } from './supervise.ts'

/** What runs; each is there once it is ready, so that a stop in the middle of a start finds it. */
export type Services = {
  web?: Service
  worker?: Service
  simulator?: Service
  database?: Service
  following?: Following
  /** In development only. */
  sources?: { stop(): void }
  /** Where the first owner signs up, while there is none. */
  setUpLink?: string
}

type Parts = {
  settings: StartSettings
  folder: DataFolder
  services: Services
  halt: AbortController
  tell(line: string): void
}

function bringUpDatabase({ settings, folder, services, tell }: Parts): Promise<string> {
  let current: Database | undefined
  const start = async (): Promise<Database> => {
    current = await startDatabase({ dataDir: settings.dataDir, log: tell, port: current?.port })
    return current
  }
  return step('Starting the database', async () => {
    services.database = await supervise({ name: 'The database', start, tell })
    if (!current) throw new Refusal(`The database is not there; see ${folder.logOf('database')}.`)
    return current.url
  })
}

/** Starts one of our programs and keeps it running. */
function bringUpProgram(parts: Parts, program: Omit<Program, 'logFile' | 'note' | 'tell'>): Promise<Service> {
  const { folder, tell, halt } = parts
  const full: Program = { ...program, logFile: folder.logOf(program.name), note: folder.note, tell }
  return supervise({
    name: program.title,
    start: (signal) => startProgram(full, AbortSignal.any([signal, halt.signal])),
    tell,
  })
}

/** What the simulator says of itself when it is ready. */
type SimulatorFacts = { wechat?: { openids?: { following: string[] } } }

async function bringUpSimulator(parts: Parts): Promise<SimulatorFacts> {
  const { settings, services } = parts
  let facts: SimulatorFacts = {}
  services.simulator = await bringUpProgram(parts, {
    name: 'simulator',
    title: 'The simulator',
    file: 'src/simulator/main.ts',
    environment: simulatorEnvironment(settings, ensureSimulatorAccess(settings.dataDir)),
    patience: 5_000,
    isReady: async (_, lines) => {
      facts = await logsReady(lines)
    },
  })
  return facts
}

/** What the sample organization is made from. */
function placeOf(settings: StartSettings, facts: SimulatorFacts): SandboxPlace {
  const { dataDir, url, port, simulatorUrl, smtpPorts } = settings
  const { username, password, aliyun, wechat } = ensureSimulatorAccess(dataDir)
  const smtp = { host: '127.0.0.1', port: smtpPorts[1], username, password }
  const openids = facts.wechat?.openids?.following
  return { dataDir, url, port, simulatorUrl, smtp, aliyun, ...(openids ? { wechat: { ...wechat, openids } } : {}) }
}

/** Loads the preparation while the database starts, and lets it go ahead once that is there. */
async function prepare(
  { settings, folder, halt }: Parts,
  database: Promise<string>,
  simulator: Promise<SimulatorFacts> | undefined,
): Promise<void> {
  const logFile = folder.logOf('prepare')
  const log = openLog(logFile)
  const child: ChildProcess = spawn(process.execPath, [...nodeFlags, inRoot('scripts', 'prepare.ts'), 'wait'], {
    cwd: root,
    env: serviceEnvironment(settings, ''),
    signal: halt.signal,
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  const ended = new Promise<number>((done) => {
    child.on('error', () => done(1))
    child.on('exit', (code) => done(code ?? 1))
  })
  const [databaseUrl, facts] = await Promise.all([database, simulator])
  const go: Go = { databaseUrl, ...(facts ? { sandbox: placeOf(settings, facts) } : {}) }
  if (child.connected) child.send(go)
  if ((await ended) === 0) return markPrepared(settings)
  throw new Refusal(lastLines(readFileSync(logFile, 'utf8'), 15) || 'The preparation of the database was stopped.')
}

function bringUpWorker(parts: Parts, databaseUrl: string): Promise<Service> {
  return bringUpProgram(parts, {
    name: 'worker',
    title: 'The worker',
    file: 'src/worker.ts',
    environment: serviceEnvironment(parts.settings, databaseUrl),
    patience: 15_000,
    isReady: saysReady,
  })
}

/** What the web process says once it is ready names the link for as long as nobody has signed up. */
function setUpLinkOf(said: unknown): string | undefined {
  const link = typeof said === 'object' && said && 'setUpLink' in said ? said.setUpLink : undefined
  return typeof link === 'string' ? link : undefined
}

function bringUpWeb(parts: Parts, databaseUrl: string): Promise<Service> {
  const { settings, services } = parts
  const { host, port } = settings
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return bringUpProgram(parts, {
    name: 'web',
    title: 'The web process',
    file: 'src/server.ts',
    environment: serviceEnvironment(settings, databaseUrl),
    // Browsers keep their connection for news of changed pages open; nothing is in hand that is worth waiting for.
    patience: settings.dev ? 300 : 15_000,
    isReady: async (child) => {
      const said = new Promise((done) => child.once('message', done))
      await answersReady(child, { host: reachable, port, path: '/api/health' })
      services.setUpLink = setUpLinkOf(await said)
    },
  })
}

/**
 * Brings up what the settings ask for, into `services`. When one part fails the others are halted, and the first
 * failure is thrown once all of them have come to rest.
 */
export async function bringUp(parts: Parts): Promise<void> {
  const { settings, services, halt } = parts
  const { mode, dataDir } = settings
  const isOutside = mode === 'outside'
  const database = isOutside ? Promise.resolve(process.env.DATABASE_URL ?? '') : bringUpDatabase(parts)
  const simulator = mode === 'sandbox' ? step('Starting the simulator', () => bringUpSimulator(parts)) : undefined
  const certified = mode === 'sandbox' && !hasCertificate(dataDir) ? simulator : undefined
  const words = mode === 'sandbox' ? 'Preparing the database and the sample organization' : 'Preparing the database'
  const doPrepare = async (): Promise<void> => {
    const work = prepare(parts, database, simulator)
    await Promise.all([work, database.then(() => step(words, () => work))])
  }
  // The second look is for a database that had to be made anew.
  const preparing = isPrepared(settings)
    ? database.then(() => (isPrepared(settings) ? undefined : doPrepare()))
    : Promise.resolve(certified).then(doPrepare)
  const prepared = Promise.all([database, certified, preparing])
  // An outside database may well not be reachable: that is worth knowing before a long build.
  const built = settings.dev
    ? undefined
    : Promise.resolve(isOutside ? prepared : undefined).then(() => ensureBuild(halt.signal))
  const worker = prepared.then(async ([url]) => {
    services.worker = await bringUpWorker(parts, url)
  })
  const web = Promise.all([prepared, built]).then(async ([[url]]) => {
    services.web = await step('Starting the console', () => bringUpWeb(parts, url))
  })
  const failures: unknown[] = []
  const note = (error: unknown): void => {
    failures.push(error)
    halt.abort()
  }
  await Promise.all([built, database, simulator, preparing, prepared, worker, web].map((task) => task?.catch(note)))
  if (failures.length > 0) throw failures[0]
  if (mode !== 'sandbox') return
  const { accessKeyId: mainKey } = ensureSimulatorAccess(dataDir).aliyun
  const { simulatorUrl, port } = settings
  services.following = followReceipts({ databaseUrl: await database, simulatorUrl, port, mainKey })
}
