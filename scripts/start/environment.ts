/** The environments of the processes that a start runs. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sandboxSettings } from '#simulator/sandbox-accounts.ts'
import { writeSafely } from '../steps/write-safely.ts'
import type { SimulatorAccess } from './secrets.ts'
import type { StartSettings } from './settings.ts'

const loopback = '127.0.0.1/32,::1/128'

/** What every process gets: the person's environment, without what npm adds to it. */
function inherited(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))
  return {
    ...Object.fromEntries(kept),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  }
}

const simulatorData = (dataDir: string): string => join(dataDir, 'simulator')

export function simulatorEnvironment(settings: StartSettings, access: SimulatorAccess): NodeJS.ProcessEnv {
  return {
    ...inherited(),
    SIMULATOR_PORT: String(settings.simulatorPort),
    SIMULATOR_SMTP_PORTS: settings.smtpPorts.join(','),
    SIMULATOR_DATA: simulatorData(settings.dataDir),
    SIMULATOR_SMTP_USER: access.username,
    SIMULATOR_SMTP_PASSWORD: access.password,
    SIMULATOR_ALIYUN_KEY_ID: access.aliyun.accessKeyId,
    SIMULATOR_ALIYUN_KEY_SECRET: access.aliyun.accessKeySecret,
    SIMULATOR_WECHAT_APP_ID: access.wechat.appId,
    SIMULATOR_WECHAT_APP_SECRET: access.wechat.appSecret,
  }
}

/** Whether the simulator has made the certificate that the other processes are to trust. */
export const hasCertificate = (dataDir: string): boolean => existsSync(join(simulatorData(dataDir), 'ca.pem'))

/** The simulator's certificate, and with it those that the person trusts already: a process reads one file only. */
function trustedCertificates(dataDir: string): string {
  const own = join(simulatorData(dataDir), 'ca.pem')
  const given = process.env.NODE_EXTRA_CA_CERTS
  if (!given || !existsSync(given)) return own
  const both = join(dataDir, 'trusted.pem')
  writeSafely(both, `${readFileSync(own, 'utf8')}\n${readFileSync(given, 'utf8')}`)
  return both
}

/** For web, worker and what prepares the database for them. In the sandbox the simulator must have run once. */
export function serviceEnvironment(settings: StartSettings, databaseUrl: string): NodeJS.ProcessEnv {
  const { mode, dataDir, keyFile, simulatorUrl, endpoints, port, url } = settings
  const common: NodeJS.ProcessEnv = {
    ...inherited(),
    ...(settings.dev ? { NODE_ENV: 'development' as const } : {}),
    ...{ DATABASE_URL: databaseUrl, PORT: String(port), SIGNET_URL: url },
  }
  if (mode === 'outside') return { ...common, SIGNET_SANDBOX: 'off' }
  const keys = process.env.SIGNET_MASTER_KEY ? {} : { SIGNET_KEY_FILE: keyFile }
  // A folder that was copied has another number of its own.
  if (mode === 'embedded') {
    const own = { SIGNET_DATA_ID: String(statSync(dataDir).ino), SIGNET_DATA_FOLDER: dataDir }
    return { ...common, ...keys, SIGNET_SANDBOX: 'off', ...own }
  }
  return {
    // A setting of the person's may lead elsewhere.
    ...sandboxSettings(simulatorUrl),
    ...common,
    ...keys,
    SIGNET_SANDBOX: 'on',
    SIGNET_DATA_FOLDER: dataDir,
    SIGNET_SIMULATOR_URL: simulatorUrl,
    SIGNET_ALIYUN_SMS_ENDPOINT: endpoints.sms,
    SIGNET_ALIYUN_VOICE_ENDPOINT: endpoints.voice,
    SIGNET_WECHAT_ENDPOINT: endpoints.wechat,
    SIGNET_SMTP_ALLOW: [loopback, process.env.SIGNET_SMTP_ALLOW].filter(Boolean).join(','),
    SIGNET_WEBHOOK_ALLOW: [loopback, process.env.SIGNET_WEBHOOK_ALLOW].filter(Boolean).join(','),
    NODE_EXTRA_CA_CERTS: trustedCertificates(dataDir),
  }
}
