/**
 * The one command: brings up everything that the settings ask for, watches over it, and stops it in order. With `dev`,
 * changed files take effect at once.
 */
import { announce } from './start/announce.ts'
import { type DataFolder, openDataFolder } from './start/data-folder.ts'
import { followSources } from './start/follow-sources.ts'
import { checkPorts } from './start/ports.ts'
import { killPrograms } from './start/programs.ts'
import { ensureKeyFile } from './start/secrets.ts'
import { bringUp, type Services } from './start/services.ts'
import { loadSettingsFile, readStartSettings, type StartSettings, wishedPorts } from './start/settings.ts'
import { rotateLog } from './steps/log-file.ts'
import { complain, say } from './steps/progress.ts'
import { explain } from './steps/refusal.ts'

const services: Services = {}
const halt = new AbortController()
let folder: DataFolder | undefined
let askedAt: number | undefined
let bringing: Promise<void> | undefined
let stopping: Promise<void> | undefined

/** Web and worker first, so that they finish what they have in hand while everything they need still runs. */
async function stopInOrder(): Promise<void> {
  halt.abort()
  services.sources?.stop()
  await bringing?.catch(() => undefined)
  await Promise.all([services.web?.stop(), services.worker?.stop(), services.following?.stop()])
  await services.simulator?.stop()
  await services.database?.stop()
  folder?.release()
}

/** One signal stops in order, a second one at once. A terminal and npm may deliver the same one twice. */
function onSignal(): void {
  const now = performance.now()
  if (askedAt !== undefined && now - askedAt < 500) return
  if (askedAt !== undefined) {
    killPrograms()
    services.database?.kill()
    folder?.release()
    process.exit(1)
  }
  askedAt = now
  say('Stopping…')
  stopping ??= stopInOrder().then(() => process.exit(0))
}

async function start(settings: StartSettings): Promise<void> {
  folder = await openDataFolder(settings.dataDir, complain)
  await checkPorts(wishedPorts(settings))
  if (settings.mode !== 'outside' && !process.env.SIGNET_MASTER_KEY) ensureKeyFile(settings.keyFile, settings.dataDir)
  for (const name of ['web', 'worker', 'simulator', 'database', 'prepare']) rotateLog(folder.logOf(name))
  bringing = bringUp({ settings, folder, services, halt, tell: complain })
  await bringing
  if (settings.dev) services.sources = followSources(services, complain)
  announce(settings, services.setUpLink)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.on(signal, onSignal)
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

try {
  loadSettingsFile()
  await start(readStartSettings(process.env, process.argv[2] === 'dev'))
} catch (error) {
  if (askedAt === undefined) {
    explain(error)
    stopping ??= stopInOrder().then(() => process.exit(1))
  }
  await stopping
}
