/** What is started and with which settings: decided once from the environment, checked before anything runs. */
import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { readEnv, SettingsError } from '#platform/env.ts'
import { inRoot, root } from '../steps/places.ts'
import type { PortWish } from './ports.ts'

/** `sandbox` runs everything; `embedded` leaves out the simulator; `outside` uses the Postgres of DATABASE_URL. */
export type Mode = 'sandbox' | 'embedded' | 'outside'

export type StartSettings = {
  mode: Mode
  /** Pages are compiled when they are asked for, and processes start again when their files change. */
  dev: boolean
  dataDir: string
  keyFile: string
  /** Where the web process listens, and the address people open. */
  host: string
  port: number
  url: string
  simulatorPort: number
  simulatorUrl: string
  /** Where the sandbox's processes reach the providers: the simulator, unless a setting names another place. */
  endpoints: { sms: string; voice: string; wechat: string }
  smtpPorts: [number, number, number]
}

/** Reads `.env` of the project, if there is one; the environment wins over it. */
export function loadSettingsFile(): void {
  const file = inRoot('.env')
  if (existsSync(file)) process.loadEnvFile(file)
}

function readPort(name: string, text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port
  throw new SettingsError(`The setting ${name} must be a port number from 1 to 65535.`)
}

function readSmtpPorts(text: string): [number, number, number] {
  const name = 'SIGNET_SMTP_PORTS'
  const [plain, startTls, tls, ...more] = text.split(',').map((part) => part.trim())
  if (plain && startTls && tls && more.length === 0) {
    return [readPort(name, plain), readPort(name, startTls), readPort(name, tls)]
  }
  throw new SettingsError(`The setting ${name} must be three port numbers, such as 2525,4587,4465.`)
}

function readMode(source: NodeJS.ProcessEnv): Mode {
  if (!source.DATABASE_URL) return source.SIGNET_SANDBOX === 'off' ? 'embedded' : 'sandbox'
  if (source.SIGNET_SANDBOX !== 'on') return 'outside'
  throw new SettingsError('The setting SIGNET_SANDBOX must not be "on" beside DATABASE_URL: the sandbox has its own.')
}

/**
 * Reads and checks every setting.
 * @throws SettingsError whose message is a sentence per wrong setting
 */
export function readStartSettings(source: NodeJS.ProcessEnv, dev = false): StartSettings {
  const mode = readMode(source)
  const data = source.SIGNET_DATA || '.data'
  const dataDir = isAbsolute(data) ? data : join(root, data)
  const keyFile = join(dataDir, 'master.keys')
  const simulatorPort = readPort('SIGNET_SIMULATOR_PORT', source.SIGNET_SIMULATOR_PORT || '4010')
  const smtpPorts = readSmtpPorts(source.SIGNET_SMTP_PORTS || '2525,4587,4465')
  const embedded = { DATABASE_URL: 'postgres://signet@127.0.0.1/signet', SIGNET_KEY_FILE: keyFile }
  const checked = readEnv({
    ...source,
    ...(mode === 'outside' ? {} : embedded),
    SIGNET_SANDBOX: mode === 'sandbox' ? source.SIGNET_SANDBOX || 'on' : 'off',
  })
  const { host, port, url, vendorSettings: given } = checked
  const simulatorUrl = `http://127.0.0.1:${simulatorPort}`
  return {
    mode,
    dev,
    dataDir,
    keyFile,
    host,
    port,
    url,
    simulatorPort,
    simulatorUrl,
    endpoints: {
      sms: given.SIGNET_ALIYUN_SMS_ENDPOINT ?? `${simulatorUrl}/sms`,
      voice: given.SIGNET_ALIYUN_VOICE_ENDPOINT ?? `${simulatorUrl}/vms`,
      wechat: given.SIGNET_WECHAT_ENDPOINT ?? simulatorUrl,
    },
    smtpPorts,
  }
}

/** The ports that must be free before anything is started. */
export function wishedPorts({ mode, host, port, simulatorPort, smtpPorts }: StartSettings): PortWish[] {
  const web: PortWish = { port, host, purpose: 'the console and the HTTP API', setting: 'PORT' }
  if (mode !== 'sandbox') return [web]
  const local = { host: '127.0.0.1' }
  return [
    web,
    { ...local, port: simulatorPort, purpose: 'the provider simulator', setting: 'SIGNET_SIMULATOR_PORT' },
    ...smtpPorts.map((smtp) => ({
      ...local,
      port: smtp,
      purpose: "the simulator's mail server",
      setting: 'SIGNET_SMTP_PORTS',
    })),
  ]
}
