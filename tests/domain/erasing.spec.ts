/** Erasing one recipient: everything that is kept about them goes, in every spelling, and nothing of anybody else's. */
import { and, eq, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { auditEvent, message, messageCount, pushDamping, verification } from '#db/schema/index.ts'
import { eraseRecipient, OneRecipient, tracesOf } from '#domain/retention/erasing.ts'
import { getMessage, revealRecipient } from '#domain/sending/log/message.ts'
import { expect, test as onStage, type Stage } from '../support/make.ts'
import { ann, bob, PushStage } from '../support/push-stage.ts'
import { kept, outcomeOf, push, sendTextAlarm, texting } from '../support/texting.ts'
import { check, start, started } from '../support/verifying.ts'
import { endpoint, endpointsOff, listener, rows, tell } from '../support/webhook-stage.ts'

const test = onStage.extend<{ push: PushStage }>({
  push: async ({ stage }, use) => use(new PushStage(stage)),
})

test.beforeEach(({ stage }) => {
  stage.areMessagesGone = true
})

const messagesTo = (stage: Stage, recipient: string) => stage.db.$count(message, eq(message.recipient, recipient))

async function outcomes(stage: Stage, organizationId: string): Promise<string[]> {
  const counts = await stage.db.select().from(messageCount).where(eq(messageCount.organizationId, organizationId))
  const sums = Map.groupBy(counts, ({ outcome }) => outcome)
  return [...sums].map(([outcome, all]) => `${outcome} ${all.reduce((sum, one) => sum + one.messages, 0)}`).sort()
}

test('of a recipient nothing is left in any table, in whatever spelling; of others everything is', async ({
  stage,
}) => {
  await endpointsOff(stage)
  const mark = v7().slice(-12)
  const { org, owner, app, asApp } = await stage.ready()
  const { id: endpointId } = await endpoint(owner, app.id, { wholeRecipient: true })
  const spellings = [`Vic.Tim${mark}+shop@gmail.com`, `victim${mark}@gmail.com`, `v.ictim${mark}@googlemail.com`]
  const other = `victim${mark}a@gmail.com`
  for (const to of [...spellings, other]) await stage.sendAlarm(asApp, { to, reference: `order of ${to}` })
  await started(asApp, { to: spellings[0] })
  await stage.deliver()
  const line = listener()
  line.answer = ({ body }) => ({ status: 200, text: body })
  await tell(stage, line)
  const [first] = await stage.db
    .select()
    .from(message)
    .where(eq(message.recipient, spellings[1] ?? ''))
  await revealRecipient(owner, first?.id ?? '')
  const foreign = await stage.ready()
  const theirs = await stage.send(foreign.asApp, { to: `victim${mark}@gmail.com` })

  expect(await tracesOf(owner, { recipient: `VICTIM${mark}@gmail.com` })).toMatchObject({
    messages: 4,
    verifications: 1,
  })
  expect(await eraseRecipient(owner, { recipient: `VICTIM${mark}@gmail.com` })).toEqual({
    ...{ messages: 4, verifications: 1, left: 0 },
  })
  expect(await isIn(stage, foreign.org.id, spellings)).toEqual([])
  const told = JSON.stringify(await rows(stage, endpointId))
  expect([told.includes(first?.id ?? ''), told.includes(other)]).toEqual([false, true])
  expect(await messagesTo(stage, other)).toBe(1)
  expect((await stage.stored(theirs.id)).recipient).toBe(`victim${mark}@gmail.com`)
  expect(await outcomes(stage, org.id)).toEqual(['accepted 5', 'sent 5'])
  const entries = await stage.db.select().from(auditEvent).where(eq(auditEvent.organizationId, org.id))
  const about = entries.filter(({ action }) => action === 'revealed' || action === 'erased')
  expect(about.map(({ action, subjectName, changes }) => ({ action, subjectName, changes }))).toEqual([
    { action: 'revealed', subjectName: null, changes: {} },
    { action: 'erased', subjectName: 'V•••@gmail.com', changes: { messages: 4, verifications: 1 } },
  ])
})

/** Where in the database any of these stands, but in rows of the organization's messages. */
async function isIn(stage: Stage, but: string, texts: string[]): Promise<string[]> {
  const lines = (await stage.dump()).split('\n').filter((line) => !line.includes(but))
  return texts.filter((text) => lines.some((line) => line.toLowerCase().includes(text.toLowerCase())))
}

test('what still waits is not sent any more and counts as expired; the job finds nothing to do', async ({ stage }) => {
  const { org, owner, asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  expect(await eraseRecipient(owner, { recipient: 'ann@example.com' })).toMatchObject({ messages: 1, left: 0 })
  await stage.deliver()
  expect(stage.provider.calls).toEqual([])
  expect(await outcomes(stage, org.id)).toEqual(['accepted 1', 'expired 1'])
  await expect(getMessage(asApp, id)).rejects.toMatchObject({ code: 'not_found' })
})

test('a message that is being sent is left until its result is recorded, and goes then', async ({ stage }) => {
  const { org, owner, asApp } = await stage.ready()
  await stage.sendAlarm(asApp)
  const [taken, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<undefined>()]
  stage.provider.onSend = () => {
    taken.resolve()
    return answer.promise
  }
  const delivering = stage.deliver()
  await taken.promise
  expect(await eraseRecipient(owner, { recipient: 'ann@example.com' })).toEqual({
    messages: 0,
    verifications: 0,
    left: 1,
  })
  answer.resolve(undefined)
  await delivering
  expect(await eraseRecipient(owner, { recipient: 'ann@example.com' })).toEqual({
    messages: 1,
    verifications: 0,
    left: 0,
  })
  expect(await outcomes(stage, org.id)).toEqual(['accepted 1', 'sent 1'])
})

test('while Apps send to the recipient and workers deliver, nothing breaks, and every message is counted once', async ({
  stage,
}) => {
  const { org, owner, asApp } = await stage.ready()
  const send = async () => {
    for (let n = 0; n < 20; n++) await stage.sendAlarm(asApp)
  }
  const deliver = async () => {
    const worker = stage.newWorker()
    for (let n = 0; n < 20; n++) await stage.deliver(worker)
  }
  const erase = async () => {
    for (let n = 0; n < 20; n++) await eraseRecipient(owner, { recipient: 'ANN@example.com' })
  }
  const codes = async () => {
    for (let n = 0; n < 10; n++) await start(asApp, { to: 'ann@example.com' }).catch(limited)
  }
  await Promise.all([send(), send(), deliver(), deliver(), erase(), erase(), codes()])
  while ((await stage.deliver()) > 0);
  expect(await eraseRecipient(owner, { recipient: 'ann@example.com' })).toMatchObject({ left: 0 })
  expect(await stage.db.$count(message, eq(message.organizationId, org.id))).toBe(0)
  const counted = new Map(
    (await outcomes(stage, org.id)).map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]),
  )
  expect((counted.get('sent') ?? 0) + (counted.get('expired') ?? 0)).toBe(counted.get('accepted'))
  expect(counted.get('sent') ?? 0).toBe(stage.provider.calls.length)
})

/** A code for the recipient was sent a moment before. */
function limited(error: unknown) {
  if (!(error instanceof Error && 'code' in error && error.code === 'rate_limited')) throw error
}

test('an open code is of no use any more, and the next one may be sent at once', async ({ stage }) => {
  const { owner, app, asApp } = await stage.ready()
  const { id } = await started(asApp, { to: 'ann@example.com' })
  await eraseRecipient(owner, { recipient: 'ann@example.com' })
  await expect(check(asApp, id, '123456')).rejects.toMatchObject({ code: 'not_found' })
  expect(await stage.db.$count(verification, eq(verification.appId, app.id))).toBe(0)
  await started(asApp, { to: 'ann@example.com' })
})

test('a code whose message went by retention before goes as well', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  const to = `Bob+${v7()}@example.com`
  await started(asApp, { to })
  await stage.db.delete(message).where(eq(message.recipient, to))
  expect(await eraseRecipient(owner, { recipient: 'bob@example.com' })).toMatchObject({ messages: 0, verifications: 1 })
})

test('receipts that were kept for its messages go', async ({ stage }) => {
  const { owner, asApp, accountId } = await texting(stage)
  const id = await sendTextAlarm(stage, asApp)
  await push(stage, accountId, [outcomeOf({ reference: id, providerMessageId: 'early' })])
  expect(await kept(stage, accountId)).toHaveLength(1)
  await eraseRecipient(owner, { recipient: '138 0013 8000' })
  expect(await kept(stage, accountId)).toEqual([])
})

test('an event keeps its answer but for the recipient, so that a repeat sends nothing again; damping goes', async ({
  stage,
  push: pushing,
}) => {
  const { owner, asApp, ruleId } = await pushing.ready(undefined, { dampingSeconds: 3600 })
  const tellBoth = () =>
    pushing.tell(asApp, { recipients: [{ openid: ann }, { openid: bob }] }, { idempotencyKey: 'both' })
  const first = await tellBoth()
  expect(await eraseRecipient(owner, { recipient: ann })).toMatchObject({ messages: 1 })
  expect(await tellBoth()).toEqual({ ...first, messages: first.messages.slice(1), repeated: true })
  const left = await stage.db.select().from(pushDamping).where(eq(pushDamping.ruleId, ruleId))
  expect(left.map(({ recipient }) => recipient)).toEqual([bob])
})

test('notices that told a member of an incident stay', async ({ stage }) => {
  const { org, owner, asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  await stage.deliver()
  await stage.db.update(message).set({ kind: 'notice' }).where(eq(message.id, id))
  expect(await tracesOf(owner, { recipient: 'ann@example.com' })).toMatchObject({ messages: 0 })
  await eraseRecipient(owner, { recipient: 'ann@example.com' })
  expect(await stage.db.$count(message, and(eq(message.organizationId, org.id), eq(message.id, id)))).toBe(1)
})

test('more than one call erases is told as left', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  await stage.db.execute(sql`
    insert into message (id, organization_id, kind, channel, scenario, recipient, status, variables, created_at, updated_at)
    select gen_random_uuid(), ${org.id}, 'live', 'email', 'login', 'Many@example.com', 'sent', '{}', now(), now()
    from generate_series(1, 1500)`)
  expect(await tracesOf(owner, { recipient: 'many@example.com' })).toMatchObject({ messages: 1500 })
  expect(await eraseRecipient(owner, { recipient: 'many@example.com' })).toMatchObject({ messages: 1000, left: 500 })
  expect(await eraseRecipient(owner, { recipient: 'many@example.com' })).toMatchObject({ messages: 500, left: 0 })
})

test('what is no address of any channel erases nothing', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  await stage.sendAlarm(asApp)
  const fields = [{ path: 'recipient', code: 'recipient_invalid' }]
  for (const recipient of ['%', '@example.com', '*', "ann@example.com' or 1=1", '\u{10FFFF}', 'ann', 'a'.repeat(320)]) {
    await expect(eraseRecipient(owner, { recipient })).rejects.toMatchObject({
      code: 'invalid_request',
      data: { fields },
    })
  }
  expect(OneRecipient.safeParse({ recipient: ' ' }).success).toBe(false)
  expect(await tracesOf(owner, { recipient: 'ann@example.com' })).toMatchObject({ messages: 1, others: [] })
})
