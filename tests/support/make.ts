/**
 * The stage a spec plays on: a database of the Playwright worker's own, a clock that moves only when told, providers that
 * answer as told, and organizations with somebody in every role.
 */
import { asc, eq, inArray, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import type { z } from 'zod'
import type { Channel } from '#channels/contract.ts'
import { email } from '#channels/email/email.ts'
import { sms } from '#channels/sms/sms.ts'
import { voice } from '#channels/voice/voice.ts'
import { connect } from '#db/client.ts'
import type { Db } from '#db/database.ts'
import { member, message, messageEvent, organization, type Role, roles, user } from '#db/schema/index.ts'
import { saveAccount } from '#domain/accounts/saving.ts'
import { AddApp, AddKey, addApp, addKey } from '#domain/apps/apps.ts'
import { keyAccess } from '#domain/apps/key-access.ts'
import type { Actor, Ctx, UserActor } from '#domain/base/ctx.ts'
import { keyring } from '#domain/base/secrets.ts'
import { submitter } from '#domain/sending/accept/accept.ts'
import { SubmitMessage } from '#domain/sending/accept/messages.ts'
import { deliverer, type Ending } from '#domain/sending/deliver/deliver.ts'
import { saveCheckedTemplate } from '#domain/templates/saving.ts'
import { SaveTemplate } from '#domain/templates/templates.ts'
import { type MetricsDoor, openMetrics } from '#platform/metrics.ts'
import { catalogOf } from '#providers/catalog.ts'
import { type Jobs, openQueue, type TakenJob } from '#queue/queue.ts'
import { clockAt } from './clock.ts'
import { miscounted } from './counted.ts'
import { test as base, expect } from './database.ts'
import { dumpOf } from './dump.ts'
import { endOf, putInForce } from './ending.ts'
import { fakeCalls, fakeTexts, fakeWritten } from './fake-carrier.ts'
import { type FakeConfig, fakeProvider } from './fake-provider.ts'

export { expect }

/** A database of this Playwright worker, and a connection to it. */
export type World = { url: string; db: Db; load: ReturnType<typeof connect>['load']; jobs: Jobs }
type Lent = Omit<Ctx, 'actor'> & { db: Db }
type LogEntry = { level: string; data: object; message: string }

export const metricsToken = 'a-token-for-the-metrics'

/** The fake provider of each channel. */
const fakes = { email: 'fake', sms: 'fake-sms', voice: 'fake-voice' } as const
type AccountGiven = { name: string; channel: keyof typeof fakes; provider: string; validated: boolean }

/** A channel knows the type of its content; a catalog holds channels of any. */
const asChannel = (channel: unknown) => channel as Channel

export const masterKey = (fill: number) => Buffer.alloc(32, fill).toString('base64')
export { endOf }
export const loginHtml = '<p>Hello ${account}, your code is <b>${code}</b>.</p>'

/** An organization with one person in each role. */
export class Org {
  readonly id = v7()
  readonly name: string
  readonly people: (UserActor & { role: Role })[]
  readonly lent: Lent
  constructor(name: string, lent: Lent) {
    this.name = name
    this.lent = lent
    this.people = roles.map((role) => {
      const id = v7()
      return {
        kind: 'user',
        id,
        name: `${name} ${role}`,
        email: `${role}-${id}@example.com`,
        organizationId: this.id,
        role,
      }
    })
  }

  person(role: Role): UserActor {
    const found = this.people.find((candidate) => candidate.role === role)
    if (!found) throw new Error(`Nobody is ${role}.`)
    return found
  }

  as(role: Role): Ctx {
    return { ...this.lent, actor: this.person(role) }
  }

  async store(): Promise<this> {
    const { db, now } = this.lent
    const at = { createdAt: now(), updatedAt: now() }
    await db.insert(organization).values({ id: this.id, name: this.name, createdAt: now() })
    await db
      .insert(user)
      .values(this.people.map(({ id, name, email: address }) => ({ id, name, email: address, ...at })))
    await db
      .insert(member)
      .values(this.people.map(({ id, role }) => ({ organizationId: this.id, userId: id, role, createdAt: now() })))
    return this
  }
}

/** Everything the domain is lent, with the outside world replaced by what a test holds in its hand. */
export class Stage {
  readonly clock = clockAt(Date.now())
  readonly provider = fakeProvider()
  readonly texts = fakeTexts()
  readonly calls = fakeCalls()
  readonly written = fakeWritten()
  /** Master keys, the current one first; may be changed while the test runs. */
  readonly keys = [masterKey(7)]
  readonly log: LogEntry[] = []
  readonly organizationIds: string[] = []
  areMessagesGone = false
  readonly url: string
  readonly db: Db
  readonly metricsDoor: MetricsDoor
  readonly lent: Lent
  readonly submit: ReturnType<typeof submitter>
  readonly actorOf: ReturnType<typeof keyAccess>
  private readonly worker: ReturnType<typeof deliverer>

  constructor(world: World) {
    const writing = (level: string) => (data: object, text: string) =>
      void this.log.push({ level, data, message: text })
    this.url = world.url
    const { db, load } = world
    this.db = db
    const log = { debug: writing('debug'), info: writing('info'), warn: writing('warn'), error: writing('error') }
    this.metricsDoor = openMetrics({ db, log, load }, { token: metricsToken, channels: ['email'], providers: ['fake'] })
    this.lent = {
      ...{ db, log, metrics: this.metricsDoor.metrics },
      catalog: catalogOf([email, sms, voice].map(asChannel), [this.provider, this.texts, this.calls, this.written]),
      secrets: keyring(() => [...this.keys]),
      jobs: world.jobs,
      now: this.clock.now,
    }
    this.submit = submitter(this.lent)
    this.actorOf = keyAccess(world.db, this.clock.now)
    this.worker = this.newWorker()
  }

  get system(): Ctx {
    return this.ctx({ kind: 'system', name: 'worker' })
  }

  ctx(actor: Actor): Ctx {
    return { ...this.lent, actor }
  }

  async organization(name = 'Acme'): Promise<Org> {
    const org = await new Org(name, this.lent).store()
    this.organizationIds.push(org.id)
    return org
  }

  /** An account of a fake provider, for mail unless told otherwise; its id. */
  async account(ctx: Ctx, given: Partial<FakeConfig> & Partial<AccountGiven> = {}): Promise<string> {
    const {
      name = `Account ${v7()}`,
      channel = 'email',
      provider = fakes[channel],
      validated = false,
      ...config
    } = given
    const all = { host: 'mail.example.com', username: 'signet', password: 'correct horse', ...config }
    const outcome = await endOf(saveAccount(ctx, { channel, provider, name, config: all }))
    if (!outcome.saved) throw new Error('A new account is saved without a check.')
    if (validated) await putInForce(ctx, outcome.id)
    return outcome.id
  }

  async template(ctx: Ctx, given: Partial<z.input<typeof SaveTemplate>> = {}) {
    const place = { channel: 'email', scenario: 'login', appId: null, baseVersion: 0 } as const
    return saveCheckedTemplate(
      ctx,
      SaveTemplate.parse({ ...place, content: { subject: 'Your ${app_name} code', html: loginHtml }, ...given }),
    )
  }

  async app(ctx: Ctx, given: Partial<z.input<typeof AddApp>> = {}) {
    const key = `app-${v7().slice(-12)}`
    return addApp(
      ctx,
      AddApp.parse({ key, name: 'Shop', language: 'en', codeLifetimeMinutes: 10, logo: null, ...given }),
    )
  }

  /** A key of an App, and the context its backend calls with. */
  async key(ctx: Ctx, appId: string, given: Partial<z.input<typeof AddKey>> = {}) {
    const input = { appId, name: 'backend', kind: 'live', channels: [], expiresInDays: null, ...given }
    const made = await addKey(ctx, AddKey.parse(input))
    const actor = await this.actorOf(made.key)
    if (!actor) throw new Error('A new key stands for an App.')
    return { ...made, actor, asApp: this.ctx(actor) }
  }

  /** An organization that can send: a validated account, default templates for a code and an alarm, an App and its key. */
  async ready(name?: string) {
    const org = await this.organization(name)
    const owner = org.as('owner')
    const accountId = await this.account(owner, { validated: true })
    await this.template(owner)
    await this.template(owner, {
      scenario: 'device_alarm',
      content: { subject: '${alarm_level}', html: '<p>${device_name}: ${alarm_content}</p>' },
    })
    const app = await this.app(owner)
    const { asApp, key } = await this.key(owner, app.id)
    return { org, owner, accountId, app, asApp, key }
  }

  /** Submits a message: a login code unless told otherwise. */
  send(asApp: Ctx, input: Partial<z.input<typeof SubmitMessage>> = {}, options: { idempotencyKey?: string } = {}) {
    const message = {
      channel: 'email',
      scenario: 'login',
      to: 'ann@example.com',
      variables: { code: '493817' },
      ...input,
    }
    return this.submit(asApp, SubmitMessage.parse(message), options)
  }

  sendAlarm(asApp: Ctx, input: Partial<z.input<typeof SubmitMessage>> = {}) {
    const variables = { device_name: 'Pump 3', alarm_content: 'Too hot', alarm_level: 'high' }
    return this.send(asApp, { scenario: 'device_alarm', variables, ...input })
  }

  /** Takes the jobs of this stage that are due by its clock, in the order a worker would. */
  async takeDue(): Promise<TakenJob[]> {
    const { rows } = await this.db.execute<{ id: string; data: { messageId: string; group: string } }>(sql`
      with due as (
        select id from pgboss.job where name = 'deliveries' and state in ('created', 'retry')
          and split_part(data->>'group', ':', 1) in ${this.organizationIds}
          and start_after <= greatest(${this.clock.now().toISOString()}::timestamptz, now()) for update skip locked
      ), taken as (
        update pgboss.job set state = 'active', started_on = now(), heartbeat_on = now()
        where name = 'deliveries' and id in (select id from due) returning id, data, created_on
      ) select id, data from taken order by created_on, id`)
    return rows.map(({ id, data }) => ({ id, ...data }))
  }

  /** The delivering end of another worker process, which remembers nothing yet. */
  newWorker(ending: Partial<Ending> = {}) {
    const never = new AbortController().signal
    return deliverer(this.system, { stopping: never, cutOff: never, ...ending })
  }

  /** Delivers what is due by the clock, once; how many that was. */
  async deliver(worker = this.worker): Promise<number> {
    return (await Promise.all(worker(await this.takeDue()))).length
  }

  /** A message as it is stored, with its time line and when its job is due. */
  async stored(id: string) {
    const [row] = await this.db.select().from(message).where(eq(message.id, id))
    if (!row) throw new Error(`There is no message ${id}.`)
    const events = await this.db
      .select()
      .from(messageEvent)
      .where(eq(messageEvent.messageId, id))
      .orderBy(asc(messageEvent.id))
    const { rows } = await this.db.execute<{ state: string; due: string }>(
      sql`select state, start_after as due from pgboss.job where id = ${row.jobId}`,
    )
    const job = rows[0]
    return { ...row, events, line: events.map(({ status }) => status), job: job && { ...job, due: new Date(job.due) } }
  }

  /** Leaves no message that the periodic work of a later spec on this database would take up and count. */
  async leave(): Promise<void> {
    if (this.organizationIds.length === 0) return
    const idle = { waiting: false, settleAt: null }
    await this.db.update(message).set(idle).where(inArray(message.organizationId, this.organizationIds))
  }

  /** Every row of every table as text, the queue's too: to look for what must not be in it. */
  readonly dump = () => dumpOf(this.db)
}

let world: Promise<World> | undefined

async function worldOn(url: string): Promise<World> {
  const { db, load } = connect(url, { name: 'spec' })
  return { url, db, load, jobs: await openQueue(db) }
}

export const test = base.extend<{ world: World; stage: Stage }>({
  world: async ({ database }, use) => {
    world ??= worldOn(database.url)
    await use(await world)
  },
  // Whatever a spec does to messages, the counters follow.
  stage: async ({ world }, use) => {
    const stage = new Stage(world)
    await use(stage)
    if (!stage.areMessagesGone) expect(await miscounted(world.db, stage.organizationIds)).toEqual([])
    await stage.leave()
  },
})
