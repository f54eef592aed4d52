/** The settings of every process: read from the environment once, checked, and named in the error when wrong. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { readAllowList } from '#providers/addresses.ts'
import { vendorSettings } from '#providers/catalog.ts'
import { httpUrl, list } from '#providers/vendor.ts'
import { holdsCertificates } from './own-authorities.ts'

const flag = z.enum(['on', 'off'], { error: 'must be "on" or "off"' }).transform((value) => value === 'on')
const port = z.coerce
  .number({ error: 'must be a port number' })
  .int()
  .min(1, 'must be a port number from 1 to 65535')
  .max(65535, 'must be a port number from 1 to 65535')
const samplers = [
  ...(['always_on', 'always_off', 'traceidratio'] as const),
  ...(['parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'] as const),
] as const
/** Collectors that take one form of OTLP over HTTP take the other at the same address. */
const otlpProtocol = z.enum(['http/json', 'http/protobuf'], {
  error: 'must be "http/json" or "http/protobuf": traces go by HTTP, as JSON',
})
const masterKey = z
  .string()
  .refine(
    (value) => /^[A-Za-z0-9+/]{43}=$/.test(value),
    'must be 32 random bytes in base64 (make one with: openssl rand -base64 32)',
  )

function isAllowList(entries: string[]): boolean {
  try {
    return Boolean(readAllowList(entries))
  } catch {
    return false
  }
}

const Settings = z.object({
  NODE_ENV: z.string().optional(),
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'must be a Postgres address, such as postgres://user:password@host:5432/signet',
  }),
  DATABASE_READ_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be the Postgres address of a copy of the database' })
    .optional(),
  SIGNET_MASTER_KEY: masterKey.optional(),
  SIGNET_OLD_KEYS: list.pipe(z.array(masterKey)).default([]),
  SIGNET_KEY_FILE: z.string().optional(),
  /** Set by the start: tells its data folder from a copy of it. */
  SIGNET_DATA_ID: z.string().optional(),
  /** Set by the start: where an own database lives. */
  SIGNET_DATA_FOLDER: z.string().optional(),
  SIGNET_DATABASE_LIMIT_GB: z.coerce
    .number({ error: 'must be a number of gigabytes' })
    .positive('must be above 0')
    .optional(),
  SIGNET_URL: httpUrl.optional(),
  PORT: port.default(3000),
  HOST: z.string().optional(),
  SIGNET_SANDBOX: flag.default(false),
  SIGNET_SIMULATOR_URL: httpUrl.optional(),
  NODE_EXTRA_CA_CERTS: z
    .string()
    .refine(holdsCertificates, 'must name a file of certificates in PEM that can be read')
    .optional(),
  SIGNET_TRUST_PROXY: flag.default(false),
  SIGNET_DRAIN_SECONDS: z.coerce
    .number({ error: 'must be a number of seconds' })
    .min(0, 'must be a number of seconds from 0 to 60')
    .max(60, 'must be a number of seconds from 0 to 60')
    .default(0),
  SIGNET_MAIL_ALIASES: flag.default(true),
  SIGNET_WEBHOOK_ALLOW: list
    .default([])
    .refine(isAllowList, 'must be host names, addresses or ranges such as 10.0.0.0/8'),
  SIGNET_METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  SIGNET_WORKER_METRICS_PORT: port.optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be one of trace, debug, info, warn, error, silent',
    })
    .default('info'),
  ...vendorSettings.shape,
})

/** What OpenTelemetry's standard variables say: checked where they name a collector, since a machine may set them for others. */
const TracingSettings = z
  .object({
    OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl.optional(),
    OTEL_EXPORTER_OTLP_PROTOCOL: otlpProtocol.optional(),
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: otlpProtocol.optional(),
    OTEL_TRACES_SAMPLER: z
      .enum(samplers, { error: `must be one of ${samplers.join(', ')}` })
      .default('parentbased_always_on'),
    OTEL_TRACES_SAMPLER_ARG: z.coerce
      .number({ error: 'must be a number from 0 to 1' })
      .min(0, 'must be a number from 0 to 1')
      .max(1, 'must be a number from 0 to 1')
      .default(1),
    OTEL_BSP_SCHEDULE_DELAY: z.coerce
      .number({ error: 'must be a number of milliseconds' })
      .int('must be a number of milliseconds')
      .min(1, 'must be a number of milliseconds')
      .default(5000),
  })
  .transform((settings) => ({
    sampler: settings.OTEL_TRACES_SAMPLER,
    ratio: settings.OTEL_TRACES_SAMPLER_ARG,
    delayMs: settings.OTEL_BSP_SCHEDULE_DELAY,
  }))

const isTraced = (given: Record<string, string | undefined>) =>
  Boolean(given.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? given.OTEL_EXPORTER_OTLP_ENDPOINT) &&
  given.OTEL_SDK_DISABLED?.toLowerCase() !== 'true' &&
  (given.OTEL_TRACES_EXPORTER ?? 'otlp') === 'otlp'

export type Env = ReturnType<typeof readEnv>

export class SettingsError extends Error {}

/**
 * Reads and checks the settings. An empty value counts as not set.
 * @throws SettingsError whose message is a sentence per wrong setting, each naming it.
 */
export function readEnv(source: NodeJS.ProcessEnv) {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = Settings.safeParse(present)
  const tracing = isTraced(present) ? TracingSettings.safeParse(present) : undefined
  const issues = [...(parsed.error?.issues ?? []), ...(tracing?.error?.issues ?? [])]
  if (!parsed.success || issues.length > 0) {
    const sentences = issues.map((issue) => {
      const name = String(issue.path[0])
      return present[name] === undefined ? `The setting ${name} is missing.` : `The setting ${name} ${issue.message}.`
    })
    throw new SettingsError([...new Set(sentences)].join('\n'))
  }
  const settings = parsed.data
  if (!settings.SIGNET_MASTER_KEY && !settings.SIGNET_KEY_FILE) {
    throw new SettingsError('The setting SIGNET_MASTER_KEY is missing. Make one with: openssl rand -base64 32')
  }
  return {
    /** Pages are compiled when they are asked for, and follow their sources. */
    dev: settings.NODE_ENV === 'development',
    databaseUrl: settings.DATABASE_URL,
    /** A copy of the database that the log, the overview and exports are read from. */
    databaseReadUrl: settings.DATABASE_READ_URL,
    masterKey: settings.SIGNET_MASTER_KEY,
    oldKeys: settings.SIGNET_OLD_KEYS,
    keyFile: settings.SIGNET_KEY_FILE,
    dataId: settings.SIGNET_DATA_ID,
    /** What the database may take, in bytes, and where an own one lives. */
    storage: {
      limit: settings.SIGNET_DATABASE_LIMIT_GB && settings.SIGNET_DATABASE_LIMIT_GB * 1e9,
      folder: settings.SIGNET_DATA_FOLDER,
    },
    url: (settings.SIGNET_URL ?? `http://localhost:${settings.PORT}`).replace(/\/$/, ''),
    port: settings.PORT,
    host: settings.SIGNET_SANDBOX ? '127.0.0.1' : (settings.HOST ?? '0.0.0.0'),
    sandbox: settings.SIGNET_SANDBOX,
    simulatorUrl: settings.SIGNET_SIMULATOR_URL,
    /** Those that vendors read, as they were given. */
    vendorSettings: Object.fromEntries(Object.entries(present).filter(([name]) => name in vendorSettings.shape)),
    ownAuthorities: settings.NODE_EXTRA_CA_CERTS,
    trustProxy: settings.SIGNET_TRUST_PROXY,
    /** For how long a web process that was told to stop goes on answering. */
    drainMs: settings.SIGNET_DRAIN_SECONDS * 1000,
    mailAliases: settings.SIGNET_MAIL_ALIASES,
    webhookAllow: settings.SIGNET_WEBHOOK_ALLOW,
    metricsToken: settings.SIGNET_METRICS_TOKEN,
    workerMetricsPort: settings.SIGNET_WORKER_METRICS_PORT,
    logLevel: settings.LOG_LEVEL,
    tracing: tracing?.data,
  }
}

let parsed: Env | undefined
/** The settings of this process, parsed at the first call. */
export const env = (): Env => (parsed ??= readEnv(process.env))

/** Base64 keys in a key file, one a line: the first seals, all of them open. */
export const readKeyFile = (path: string): string[] => readFileSync(path, 'utf8').split('\n').filter(Boolean)
