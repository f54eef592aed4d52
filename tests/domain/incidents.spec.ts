/** Incidents: one for each cause and place, opened and ended once, told once by a channel that works. */
import { and, eq, sql } from 'drizzle-orm'
import { account, incident, messageCount, type messageStatuses, template, webhookEndpoint } from '#db/schema/index.ts'
import { markFailing } from '#domain/accounts/sender.ts'
import { storageTroubles } from '#domain/incidents/attending.ts'
import { acknowledgeIncident, listIncidents } from '#domain/incidents/incidents.ts'
import { watchIncidents } from '#domain/incidents/watching.ts'
import { overview } from '#domain/overview/overview.ts'
import { incidentsOf, lookFor, told } from '../support/incident-stage.ts'
import { expect, type Stage, test } from '../support/make.ts'
import { texting } from '../support/texting.ts'
import { endpoint } from '../support/webhook-stage.ts'

const fail = (stage: Stage, accountId: string, code = '535', cause?: string) =>
  markFailing(stage.system, accountId, stage.clock.now(), { code, cause })
const mend = (stage: Stage, accountId: string) =>
  stage.db.update(account).set({ failingSince: null, failingCode: null }).where(eq(account.id, accountId))

test('an account that fails is one incident, however many look at once, and ends two minutes after it works', async ({
  stage,
}) => {
  const { org, accountId } = await stage.ready()
  expect(await lookFor(stage, org)).toEqual([])
  await fail(stage, accountId)
  await Promise.all(Array.from({ length: 8 }, () => watchIncidents(stage.system)))
  expect(await incidentsOf(stage, org)).toMatchObject([
    { kind: 'account_failing', place: accountId, cause: '535', recoveredAt: null, details: { code: '535' } },
  ])
  stage.clock.forward({ minutes: 30 })
  expect(await lookFor(stage, org)).toMatchObject([{ recoveredAt: null }])
  await mend(stage, accountId)
  stage.clock.forward({ minutes: 1 })
  expect(await lookFor(stage, org)).toMatchObject([{ recoveredAt: null }])
  stage.clock.forward({ minutes: 2 })
  expect(await lookFor(stage, org)).toMatchObject([{ recoveredAt: expect.any(Date) }])
  await fail(stage, accountId)
  expect(await lookFor(stage, org)).toMatchObject([{ recoveredAt: expect.any(Date) }, { recoveredAt: null }])
})

test('one that fails and works by turns is one incident, and another cause of the same account is another', async ({
  stage,
}) => {
  const { org, accountId } = await stage.ready()
  for (let times = 0; times < 4; times++) {
    await fail(stage, accountId, '535', 'login_rejected')
    await lookFor(stage, org)
    await mend(stage, accountId)
    stage.clock.forward({ minutes: 1 })
    await lookFor(stage, org)
  }
  await fail(stage, accountId, '550', 'no_balance')
  expect(await lookFor(stage, org)).toMatchObject([
    { cause: 'login_rejected', recoveredAt: null },
    { cause: 'no_balance', recoveredAt: null },
  ])
})

test('an account that is not in force is nobody’s incident', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  const other = await stage.account(owner)
  await fail(stage, other)
  expect(await lookFor(stage, org)).toEqual([])
})

test('templates that lose their approval are one incident of their account; what never had one is none', async ({
  stage,
}) => {
  const { org, owner, accountId } = await texting(stage)
  await stage.template(owner, { channel: 'voice', scenario: 'login' }).catch(() => undefined)
  expect(await lookFor(stage, org)).toEqual([])
  const lose = (reason: string | null) =>
    stage.db
      .update(template)
      .set({ approval: { mainland: { blocked: reason, detail: '', remarks: [] } } })
      .where(eq(template.accountId, accountId))
  await lose('signature_rejected')
  expect(await lookFor(stage, org)).toMatchObject([
    { kind: 'approval_lost', place: accountId, cause: 'signature_rejected', details: { count: 2 } },
  ])
  // Saved anew by a person, who sees what becomes of it.
  await stage.db
    .update(template)
    .set({ version: sql`version + 1` })
    .where(and(eq(template.accountId, accountId), eq(template.scenario, 'login')))
  stage.clock.forward({ minutes: 1 })
  expect(await lookFor(stage, org)).toMatchObject([{ details: { count: 1 } }])
  await lose(null)
  stage.clock.forward({ minutes: 3 })
  expect(await lookFor(stage, org)).toMatchObject([{ recoveredAt: expect.any(Date) }])
})

test('receipts that no longer come are noticed where they used to come, and only there', async ({ stage }) => {
  const [heard, never] = [await texting(stage), await texting(stage)]
  const at = (hours: number) => new Date(Math.floor(stage.clock.now().getTime() / 3_600_000 - hours) * 3_600_000)
  const counted = (of: typeof heard, hours: number, outcome: (typeof messageStatuses)[number], messages: number) =>
    stage.db.insert(messageCount).values({
      ...{ organizationId: of.org.id, appId: of.app.id, channel: 'sms', scenario: 'login', provider: 'fake-sms' },
      ...{ hour: at(hours), outcome, slot: 0, messages, segments: messages },
    })
  await counted(heard, 30, 'delivered', 5)
  for (const of of [heard, never]) await counted(of, 3, 'sent', 19)
  expect(await lookFor(stage, heard.org)).toEqual([])
  for (const of of [heard, never]) await counted(of, 4, 'sent', 1)
  expect(await lookFor(stage, heard.org)).toMatchObject([
    { kind: 'receipts_silent', place: heard.accountId, details: { count: 20 } },
  ])
  expect(await incidentsOf(stage, never.org)).toEqual([])
  // It goes on through a night, and until a receipt comes for what was sent since.
  stage.clock.forward({ minutes: 8 * 1440 })
  expect(await lookFor(stage, heard.org)).toMatchObject([{ recoveredAt: null }])
  await counted(heard, 3, 'delivered', 1)
  stage.clock.forward({ minutes: 3 })
  expect(await lookFor(stage, heard.org)).toMatchObject([{ recoveredAt: expect.any(Date) }])
  // What was counted by hand.
  await stage.db.delete(messageCount).where(sql`organization_id in (${heard.org.id}, ${never.org.id})`)
})

test('messages that nobody takes for five minutes are late, for the organizations that wait', async ({ stage }) => {
  const [waits, other] = [await stage.ready(), await stage.ready()]
  const { id } = await stage.send(waits.asApp)
  expect(await lookFor(stage, waits.org)).toEqual([])
  await stage.db.execute(sql`
    update pgboss.job set start_after = now() - interval '7 minutes' where data ->> 'messageId' = ${id}`)
  expect(await lookFor(stage, waits.org)).toMatchObject([{ kind: 'queue_late', details: { count: 1, minutes: 7 } }])
  expect(await incidentsOf(stage, other.org)).toEqual([])
  await stage.deliver()
  stage.clock.forward({ minutes: 3 })
  expect(await lookFor(stage, waits.org)).toMatchObject([{ recoveredAt: expect.any(Date) }])
})

test('a webhook that fails for five minutes, or is gone, is named as its owners call it', async ({ stage }) => {
  const { org, owner, app } = await stage.ready()
  const { id } = await endpoint(owner, app.id, { url: 'https://hooks.example.com:8443/secret-path?key=1' })
  const set = (values: Partial<typeof webhookEndpoint.$inferInsert>) =>
    stage.db.update(webhookEndpoint).set(values).where(eq(webhookEndpoint.id, id))
  await set({ failingSince: stage.clock.now() })
  expect(await lookFor(stage, org)).toEqual([])
  stage.clock.forward({ minutes: 6 })
  expect(await lookFor(stage, org)).toMatchObject([
    {
      kind: 'webhook_failing',
      place: id,
      cause: '',
      details: { name: 'hooks.example.com:8443', app: 'Shop', appKey: app.key },
    },
  ])
  await set({ failingSince: null, isGone: true, enabled: false, description: 'Billing' })
  expect(await lookFor(stage, org)).toMatchObject([{ cause: '' }, { cause: 'gone', details: { name: 'Billing' } }])
  await set({ isGone: false })
})

test('a database near its limit is told to the organization that was there first', async ({ stage }) => {
  const { org } = await stage.ready()
  expect(await storageTroubles(stage.lent, { limit: 1e15 })).toEqual([])
  const troubles = await storageTroubles(stage.lent, { limit: 1000 })
  expect(troubles).toEqual([{ kind: 'database_full', details: { percent: expect.any(Number) } }])
  expect(await lookFor(stage, org, troubles)).toEqual([])
  const [first] = await stage.db.select().from(incident).where(eq(incident.kind, 'database_full'))
  expect(first).toMatchObject({ recoveredAt: null, place: '' })
  expect(first?.organizationId.localeCompare(org.id)).toBeLessThan(0)
})

test('one person acknowledges an incident, which is recorded; an author is told no code', async ({ stage }) => {
  const { org, owner, accountId } = await stage.ready()
  await fail(stage, accountId, '535', 'login_rejected')
  const [row] = await lookFor(stage, org)
  const id = row?.id ?? ''
  await expect(acknowledgeIncident(org.as('author'), id)).rejects.toMatchObject({ code: 'forbidden' })
  const stranger = (await stage.organization('Other')).as('owner')
  await expect(acknowledgeIncident(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
  await Promise.all([acknowledgeIncident(owner, id), acknowledgeIncident(org.as('admin'), id)])
  const seen = async (ctx = owner) => (await listIncidents(ctx, { open: true })).rows[0]
  expect((await seen())?.acknowledged?.by).toMatch(/^Acme (owner|admin)$/)
  expect(await seen()).toMatchObject({ cause: 'login_rejected', details: { code: '535' } })
  const byAuthor = await seen(org.as('author'))
  expect(JSON.stringify(byAuthor)).not.toMatch(/535|login_rejected/)
  const rows = await stage.db.execute(
    sql`select action from audit_event where subject = 'incident' and subject_id = ${id}`,
  )
  expect(rows.rows).toEqual([{ action: 'acknowledged' }])
})

test('a notice is no first message of an App, and nothing is counted for it', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  const texts = await stage.account(owner, { channel: 'sms', validated: true })
  await fail(stage, texts)
  expect(await told(stage, org)).toHaveLength(2)
  const { done, channels } = await overview(owner)
  expect(done.message).toBe(false)
  expect(channels.map(({ sent }) => sent)).toEqual([0, 0, 0])
})
