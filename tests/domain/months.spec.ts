/** The months that messages are split into: each lands in its own, pages cross them, and one goes as a whole when nobody keeps it. */
import { eq, inArray, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { connect } from '#db/client.ts'
import type { Db } from '#db/database.ts'
import { message, messageEvent, messageKey, organization, overdueContent, providerReference } from '#db/schema/index.ts'
import { addMonths, dropMonthsThatAreOver } from '#domain/retention/months.ts'
import { firstIdAt, listMessages } from '#domain/sending/log/log.ts'
import { freshDatabase } from '../support/database.ts'
import { test as base, expect } from '../support/make.ts'

const day = 86_400_000
const log = { info: () => undefined }

type Own = { db: Db; at(now: Date): Parameters<typeof dropMonthsThatAreOver>[0] }

/** A database of one's own, since months are those of everybody. */
const test = base.extend<{ own: Own }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off this pattern
  own: async ({}, use) => {
    const { url, drop } = await freshDatabase()
    const { db, close } = connect(url, { max: 4 })
    await use({ db, at: (now) => ({ db, now: () => now, log: log as never }) })
    await close()
    await drop()
  },
})

/** The first moment of the month that lies so many after this one. */
const monthAfter = (months: number) => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months))
}

async function organizationThatKeeps(db: Db, messageDays: number | null): Promise<string> {
  const id = v7()
  await db.insert(organization).values({ id, name: 'Acme', createdAt: new Date(), messageDays })
  return id
}

/** Messages of these moments with all that hangs on them, in this order. */
async function fill(db: Db, organizationId: string, moments: Date[], of: Partial<typeof message.$inferInsert> = {}) {
  const ids = moments.map((moment) => firstIdAt(moment).slice(0, 24) + v7().slice(24))
  const at = { createdAt: new Date(), updatedAt: new Date() }
  const about = {
    organizationId,
    kind: 'live',
    channel: 'email',
    scenario: 'login',
    recipient: 'a@example.com',
  } as const
  for (const id of ids) {
    await db.insert(message).values({ id, ...about, status: 'sent', variables: {}, ...at, ...of })
    await db.insert(messageEvent).values({ messageId: id, at: new Date(), status: 'accepted', attempt: 0 })
    await db.insert(messageKey).values({
      ...{
        appId: organizationId,
        kind: 'live',
        idempotencyKey: id,
        bodyHash: '',
        messageId: id,
        createdAt: new Date(),
      },
    })
    await db.insert(providerReference).values({ accountId: v7(), reference: id, messageId: id, createdAt: new Date() })
    await db.insert(overdueContent).values({ messageId: id })
  }
  return ids
}

/** In which part each of the messages is, and whether its events are in the one of the same name. */
async function placesOf(db: Db, ids: string[]): Promise<string[]> {
  const { rows } = await db.execute<{ place: string; events: string }>(sql`
    select m.tableoid::regclass::text as place, (select e.tableoid::regclass::text from message_event e where e.message_id = m.id) as events
    from message m where ${inArray(sql`m.id`, ids)} order by m.id`)
  expect(rows.map(({ events }) => events)).toEqual(rows.map(({ place }) => place.replace('message', 'message_event')))
  return rows.map(({ place }) => place)
}

const nameOf = (month: Date) => `message_${month.toISOString().slice(0, 7).replace('-', '_')}`

/** How many rows each table has of these messages. */
const leftOf = (db: Db, ids: string[]) =>
  Promise.all([
    db.$count(message, inArray(message.id, ids)),
    db.$count(messageEvent, inArray(messageEvent.messageId, ids)),
    db.$count(messageKey, inArray(messageKey.messageId, ids)),
    db.$count(providerReference, inArray(providerReference.messageId, ids)),
    db.$count(overdueContent, inArray(overdueContent.messageId, ids)),
  ])

test('a message lands in its month with its events, and has a place whatever its clock says', async ({ own }) => {
  const { db } = own
  const of = await organizationThatKeeps(db, null)
  const [next, second] = [monthAfter(1), monthAfter(2)]
  const moments = [
    ...[new Date(0), new Date(next.getTime() - 1), next],
    ...[new Date(second.getTime() - 1), second, monthAfter(500)],
  ]
  const ids = await fill(db, of, moments)
  expect(await placesOf(db, ids)).toEqual([
    ...['message_past', 'message_past', nameOf(next)],
    ...[nameOf(next), nameOf(second), 'message_ahead'],
  ])
})

test('months are made ahead of time, once, and what lies there already moves into its own', async ({ own }) => {
  const { db, at } = own
  const of = await organizationThatKeeps(db, null)
  const ids = await fill(db, of, [monthAfter(6), monthAfter(7), monthAfter(70)])
  expect(await placesOf(db, ids)).toEqual(['message_ahead', 'message_ahead', 'message_ahead'])
  const then = at(new Date(monthAfter(5).getTime() + 10 * day))
  await Promise.all([addMonths(then), addMonths(then), addMonths(then)])
  await addMonths(then)
  expect(await placesOf(db, ids)).toEqual([nameOf(monthAfter(6)), nameOf(monthAfter(7)), 'message_ahead'])
  expect(await leftOf(db, ids)).toEqual([3, 3, 3, 3, 3])
})

test('while somebody keeps the tables in use, no month is made, and nobody waits for long', async ({ own }) => {
  const { db, at } = own
  const [id] = await fill(db, await organizationThatKeeps(db, null), [monthAfter(6)])
  const then = at(monthAfter(6))
  await db.transaction(async (tx) => {
    await tx.select().from(message).limit(1)
    await addMonths(then)
  })
  expect(await placesOf(db, [id ?? ''])).toEqual(['message_ahead'])
  await addMonths(then)
  expect(await placesOf(db, [id ?? ''])).toEqual([nameOf(monthAfter(6))])
})

test('a month that nobody keeps goes with all that hangs on it, and nothing of the next one', async ({ own }) => {
  const { db, at } = own
  const [week, month] = [await organizationThatKeeps(db, 7), await organizationThatKeeps(db, 30)]
  const [next, second] = [monthAfter(1), monthAfter(2)]
  const gone = [
    ...(await fill(db, week, [new Date(0), new Date(next.getTime() - 1), next])),
    ...(await fill(db, month, [new Date(second.getTime() - 1)])),
  ]
  const kept = await fill(db, week, [second])
  await dropMonthsThatAreOver(at(new Date(second.getTime() + 29 * day)))
  expect(await leftOf(db, gone.slice(2))).toEqual([2, 2, 2, 2, 2])
  await dropMonthsThatAreOver(at(new Date(second.getTime() + 30 * day)))
  expect(await leftOf(db, gone)).toEqual([0, 0, 0, 0, 0])
  expect(await leftOf(db, kept)).toEqual([1, 1, 1, 1, 1])
  const ids = await fill(db, week, [next, monthAfter(1)])
  expect(await placesOf(db, ids)).toEqual(['message_past', 'message_past'])
})

test('nothing is dropped that one organization still keeps, or that is under way', async ({ own }) => {
  const { db, at } = own
  const then = at(monthAfter(4))
  const [forEver, week] = [await organizationThatKeeps(db, null), await organizationThatKeeps(db, 7)]
  const theirs = await fill(db, week, [new Date(0)])
  const [kept = ''] = await fill(db, forEver, [new Date(1000)])
  await dropMonthsThatAreOver(then)
  expect(await leftOf(db, [...theirs, kept])).toEqual([2, 2, 2, 2, 2])
  await db.delete(message).where(eq(message.id, kept))
  for (const underWay of [{ waiting: true }, { settleAt: new Date() }]) {
    await db.update(message).set(underWay)
    await dropMonthsThatAreOver(then)
    expect(await leftOf(db, theirs)).toEqual([1, 1, 1, 1, 1])
    await db.update(message).set({ waiting: false, settleAt: null })
  }
  const job = sql`('deliveries', 'retry', ${JSON.stringify({ messageId: theirs[0] })}::jsonb)`
  await db.execute(sql`insert into pgboss.job (name, state, data) values ${job}`)
  await dropMonthsThatAreOver(then)
  expect(await leftOf(db, theirs)).toEqual([1, 1, 1, 1, 1])
  await db.execute(sql`delete from pgboss.job`)
  await dropMonthsThatAreOver(then)
  expect(await leftOf(db, theirs)).toEqual([0, 0, 0, 0, 0])
})

test('pages of the log cross months in both directions, and neither lose nor repeat a message', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  const first = monthAfter(1).getTime()
  const moments = Array.from({ length: 40 }, (_, n) => new Date(first - 20 * day + n * 2 * day))
  const ids = await fill(stage.db, org.id, moments, { kind: 'test' })
  expect(new Set(await placesOf(stage.db, ids)).size).toBeGreaterThan(2)
  const seen: string[] = []
  let page = await listMessages(owner, { size: 7 })
  for (; ; page = await listMessages(owner, { size: 7, cursor: page.older ?? '' })) {
    seen.push(...page.rows.map(({ id }) => id))
    if (!page.older) break
  }
  expect(seen).toEqual([...ids].reverse())
  const back = page.rows.map(({ id }) => id).reverse()
  while (page.newer) {
    page = await listMessages(owner, { size: 7, cursor: page.newer })
    back.push(...page.rows.map(({ id }) => id).reverse())
  }
  expect(back).toEqual(ids)
})

test('a key that was given in one month is still known in the next', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const first = await stage.send(asApp, {}, { idempotencyKey: 'k' })
  // The other way round, since the next month is there already.
  const id = firstIdAt(monthAfter(1)).slice(0, 24) + v7().slice(24)
  await stage.db.update(message).set({ id }).where(eq(message.id, first.id))
  await stage.db.update(messageEvent).set({ messageId: id }).where(eq(messageEvent.messageId, first.id))
  await stage.db.update(messageKey).set({ messageId: id }).where(eq(messageKey.messageId, first.id))
  expect(await placesOf(stage.db, [id])).toEqual([nameOf(monthAfter(1))])
  expect(await stage.send(asApp, {}, { idempotencyKey: 'k' })).toMatchObject({ id, repeated: true })
  await expect(stage.send(asApp, { to: 'bob@example.com' }, { idempotencyKey: 'k' })).rejects.toMatchObject({
    code: 'idempotency_conflict',
  })
})
