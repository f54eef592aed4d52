/** What the measurements stand on: a migrated database that syncs to disk, sinks for mail and SMS, and an organization that can send. */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChannelId } from '#channels/traits.ts'
import { saveAccount } from '#domain/accounts/saving.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import { addApp, addKey } from '#domain/apps/apps.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { createOrganization } from '#domain/people/members.ts'
import { saveCheckedTemplate } from '#domain/templates/saving.ts'
import { compose, type Parts } from '#platform/compose.ts'
import { readEnv } from '#platform/env.ts'
import { openLog } from '#platform/log.ts'
import { migrate } from '../../src/migrate.ts'
import { startDatabase } from '../embedded-database.ts'
import { complain } from '../steps/progress.ts'
import { type Child, startChild } from './child.ts'
import { html, subject } from './mail.ts'
import { signature, templateCode, templateText } from './short-message.ts'

export type Stage = {
  databaseUrl: string
  /** The environment of our processes. */
  environment: Record<string, string>
  /** The parts in this process, for submitting without the HTTP API. */
  parts: Parts
  sink: Child
  sinkPort: number
  smsSink: Child
  smsPort: number
  /** A live key of the App. */
  key: string
  close(): Promise<void>
}

const person = { name: 'Bench', email: 'bench@example.com', password: 'only for measuring' }

async function finish<End>(work: AsyncGenerator<unknown, End>): Promise<End> {
  for (;;) {
    const step = await work.next()
    if (step.done) return step.value
  }
}

async function addAccount(ctx: Ctx, channel: ChannelId, provider: string, config: Record<string, unknown>) {
  const saved = await finish(saveAccount(ctx, { channel, provider, name: 'Sink', config }))
  const outcome = saved.saved ? await finish(validateAccount(ctx, { id: saved.id })) : saved.checked
  if (!outcome.ok) throw new Error(`The sink's account did not pass its check: ${JSON.stringify(outcome)}`)
}

/** Sets up what a person would in the console, through the same functions. Returns a live key. */
export async function furnish(parts: Parts, sinkPort: number): Promise<string> {
  const id = await parts.signIn.addPerson(person)
  if (!id) throw new Error('The measurements need a database of their own.')
  const organizationId = await createOrganization({ db: parts.db, now: () => new Date() }, 'Bench', id)
  const ctx = parts.contextFor({ kind: 'user', id, ...person, organizationId, role: 'owner' })
  await addAccount(ctx, 'email', 'smtp', {
    host: '127.0.0.1',
    port: sinkPort,
    encryption: 'none',
    username: 'signet@example.com',
    password: 'password',
    fromAddress: 'signet@example.com',
  })
  await addAccount(ctx, 'sms', 'aliyun-sms', { accessKeyId: 'LTAI5tBench', accessKeySecret: 'password' })
  const mapping = { code: { variable: 'code' } }
  const mainland = { signature, templateCode, templateText, mapping }
  for (const [channel, content] of [
    ['email', { subject, html }],
    ['sms', { mainland }],
  ] as const) {
    await saveCheckedTemplate(ctx, { channel, scenario: 'login', appId: null, content, baseVersion: 0 })
  }
  const app = await addApp(ctx, { key: 'shop', name: 'Shop', language: 'en', codeLifetimeMinutes: 30, logo: null })
  const added = await addKey(ctx, { appId: app.id, name: 'Bench', kind: 'live', channels: [], expiresInDays: null })
  return added.key
}

/** Takes away what an earlier measurement left to be sent, and its messages: each begins with the same tables. */
export async function emptyQueue(db: Parts['db']): Promise<void> {
  await db.execute('truncate pgboss.job')
  await db.execute('truncate message, message_count cascade')
}

/** Opens the stage; what was begun is cleared away again if that fails. */
export async function openStage(): Promise<Stage> {
  const closing: (() => unknown)[] = []
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end()
  }
  try {
    return { ...(await build(closing)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function build(closing: (() => unknown)[]): Promise<Omit<Stage, 'close'>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'signet-bench-'))
  closing.push(() => rmSync(dataDir, { recursive: true, force: true }))
  chmodSync(dataDir, 0o711)
  const database = await startDatabase({ dataDir, log: complain })
  closing.push(() => database.stop())
  await migrate(database.url)
  const sink = await startChild('scripts/bench/smtp-sink.ts')
  closing.push(() => sink.stop())
  const smsSink = await startChild('scripts/bench/sms-sink.ts')
  closing.push(() => smsSink.stop())
  const [sinkPort, smsPort] = [Number(sink.ready.port), Number(smsSink.ready.port)]
  const environment = {
    DATABASE_URL: database.url,
    SIGNET_MASTER_KEY: randomBytes(32).toString('base64'),
    SIGNET_SMTP_ALLOW: '127.0.0.1/32',
    SIGNET_ALIYUN_SMS_ENDPOINT: `http://127.0.0.1:${smsPort}`,
    LOG_LEVEL: 'warn',
  }
  const env = readEnv({ ...process.env, ...environment })
  const parts = await compose(env, openLog('bench', 'warn'), { name: 'signet-bench', pool: 4 })
  closing.push(() => parts.close())
  const key = await furnish(parts, sinkPort)
  return { databaseUrl: database.url, environment, parts, sink, sinkPort, smsSink, smsPort, key }
}
