/** What follows from each answer of a provider, and from none. */
import { and, eq } from 'drizzle-orm'
import { account, message } from '#db/schema/index.ts'
import { removeAccount } from '#domain/accounts/accounts.ts'
import { saveAccount } from '#domain/accounts/saving.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import { expireWaiting, releaseWaiting } from '#domain/sending/deliver/upkeep.ts'
import { fakeProvider, refusal } from '../support/fake-provider.ts'
import { endOf, expect, type Stage, test } from '../support/make.ts'

const secondsUntil = (stage: Stage, due: Date | undefined) =>
  ((due?.getTime() ?? 0) - stage.clock.now().getTime()) / 1000

test('an accepted mail is sent, with the provider’s id and the account in its time line', async ({ stage }) => {
  const { accountId, asApp } = await stage.ready()
  const { id } = await stage.send(asApp)
  expect(await stage.deliver()).toBe(1)
  const stored = await stage.stored(id)
  expect(stored).toMatchObject({ status: 'sent', attempt: 1, problem: false, providerMessageId: 'fake-1', accountId })
  expect(stored.line).toEqual(['accepted', 'sending', 'sent'])
  expect(stored.events.at(-1)).toMatchObject({
    attempt: 1,
    accountId,
    providerMessageId: 'fake-1',
    ms: expect.any(Number),
  })
  expect(stage.provider.calls).toMatchObject([
    { to: 'ann@example.com', reference: id, config: { password: 'correct horse' } },
  ])
  expect(await stage.deliver()).toBe(0)
})

test('a transient refusal is tried again, ever later, until the last try has failed', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  stage.provider.onSend = () => {
    throw refusal('retry', '451', 'Try again later')
  }
  const delays = [5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 28800]
  for (const [n, delay] of delays.entries()) {
    expect(await stage.deliver()).toBe(1)
    const stored = await stage.stored(id)
    expect(stored).toMatchObject({ status: 'queued', waiting: false, attempt: n + 1, errorCode: '451' })
    const wait = secondsUntil(stage, stored.job?.due)
    expect(wait).toBeGreaterThanOrEqual(delay * 0.8)
    expect(wait).toBeLessThanOrEqual(delay * 1.2)
    expect(stored.events.at(-1)).toMatchObject({ status: 'retrying', code: '451', nextAt: stored.job?.due })
    stage.clock.forward({ seconds: wait - 2 })
    expect(await stage.deliver()).toBe(0)
    stage.clock.forward({ seconds: 2 })
  }
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({
    status: 'failed',
    problem: true,
    attempt: 13,
    errorDetail: 'Try again later',
  })
  stage.clock.forward({ days: 30 })
  expect(await stage.deliver()).toBe(0)
})

for (const [told, seconds] of [
  [300, 300],
  [undefined, 60],
  [1, 5],
] as const) {
  test(`a limit of the provider is waited out: ${told ?? 'nothing'} said, ${seconds} seconds waited`, async ({
    stage,
  }) => {
    const { asApp } = await stage.ready()
    const { id } = await stage.sendAlarm(asApp)
    stage.provider.failNext(refusal('later', '452', 'Too many', told))
    await stage.deliver()
    expect(secondsUntil(stage, (await stage.stored(id)).job?.due)).toBe(seconds)
    stage.clock.forward({ seconds })
    await stage.deliver()
    expect(await stage.stored(id)).toMatchObject({ status: 'sent', attempt: 2, errorCode: null })
  })
}

test('a permanent refusal fails the message at once and touches no other', async ({ stage }) => {
  const { asApp, owner } = await stage.ready()
  const refused = await stage.sendAlarm(asApp, { to: 'nobody@example.com' })
  const fine = await stage.sendAlarm(asApp)
  stage.provider.onSend = ({ to }) => {
    if (to.startsWith('nobody')) throw refusal('reject', '550', 'No such user')
    return undefined
  }
  await stage.deliver()
  expect(await stage.stored(refused.id)).toMatchObject({
    status: 'failed',
    errorCode: '550',
    line: ['accepted', 'sending', 'failed'],
  })
  expect(await stage.stored(fine.id)).toMatchObject({ status: 'sent' })
  expect(
    await stage.db
      .select()
      .from(account)
      .where(eq(account.organizationId, owner.actor.organizationId ?? '')),
  ).toMatchObject([{ failingSince: null }])
})

test('a refusal for a configuration reason marks the account once and holds its messages back', async ({ stage }) => {
  const { accountId, owner, asApp } = await stage.ready()
  stage.provider.onSend = () => {
    throw refusal('misconfigured', '535', 'Wrong password')
  }
  const first = await stage.sendAlarm(asApp)
  await stage.deliver()
  const failingSince = stage.clock.now()
  stage.clock.forward({ minutes: 1 })
  const second = await stage.sendAlarm(asApp)
  await stage.deliver()
  for (const { id } of [first, second])
    expect(await stage.stored(id)).toMatchObject({ status: 'queued', waiting: true })
  expect(stage.provider.calls).toHaveLength(1)
  const [row] = await stage.db.select().from(account).where(eq(account.id, accountId))
  expect(row).toMatchObject({ validated: true, failingSince, failingCode: '535', failingDetail: 'Wrong password' })
  expect(stage.log.filter(({ level }) => level === 'warn')).toHaveLength(1)
  expect(await releaseWaiting(stage.system)).toBe(0)
  stage.provider.onSend = () => undefined
  await endOf(validateAccount(owner, { id: accountId }))
  expect(await releaseWaiting(stage.system)).toBe(2)
  await stage.deliver()
  expect((await stage.stored(first.id)).line).toEqual(['accepted', 'sending', 'waiting', 'sending', 'sent'])
  expect(await stage.stored(second.id)).toMatchObject({ status: 'sent', waiting: false })
})

test('an answer to values that were replaced meanwhile does not mark the account', async ({ stage }) => {
  const { accountId, owner, asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  const config = { host: 'mail.example.com', username: 'signet', password: 'new battery' }
  stage.provider.onSend = async () => {
    stage.provider.onSend = () => undefined
    stage.clock.forward({ seconds: 1 })
    await endOf(saveAccount(owner, { id: accountId, channel: 'email', provider: 'fake', name: 'Mail', config }))
    throw refusal('misconfigured', '535', 'Wrong password')
  }
  await stage.deliver()
  const [row] = await stage.db.select().from(account).where(eq(account.id, accountId))
  expect(row).toMatchObject({ validated: true, failingSince: null })
  expect(await releaseWaiting(stage.system)).toBe(1)
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
  expect(stage.provider.calls.at(-1)?.config.password).toBe('new battery')
})

test('messages of a channel without an account wait for one', async ({ stage }) => {
  const { owner, accountId, asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  await removeAccount(owner, accountId)
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'queued', waiting: true, errorCode: 'channel_not_configured' })
  await stage.account(owner, { validated: true })
  expect(await releaseWaiting(stage.system)).toBe(1)
  expect(await releaseWaiting(stage.system)).toBe(0)
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
})

test('a code that has expired is not sent', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.send(asApp)
  stage.clock.forward({ minutes: 10 })
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'expired', problem: true, errorCode: 'code_expired' })
  expect(stage.provider.calls).toEqual([])
})

test('a code is not tried again at a moment when it will have expired', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.send(asApp)
  stage.provider.failNext(refusal('later', '452', 'Too many', 600))
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'expired', errorCode: '452', sealedVariables: null })
})

test('a code that expires while it waits for the account is ended and erased', async ({ stage }) => {
  const { owner, accountId, asApp } = await stage.ready()
  const code = await stage.send(asApp)
  const alarm = await stage.sendAlarm(asApp)
  await removeAccount(owner, accountId)
  await stage.deliver()
  await expireWaiting(stage.system)
  expect(await stage.stored(code.id)).toMatchObject({ status: 'queued', waiting: true })
  stage.clock.forward({ minutes: 10 })
  await expireWaiting(stage.system)
  expect(await stage.stored(code.id)).toMatchObject({
    ...{ status: 'expired', waiting: false, problem: true, sealedVariables: null },
    line: ['accepted', 'sending', 'waiting', 'expired'],
  })
  expect(await stage.stored(alarm.id)).toMatchObject({ status: 'queued', waiting: true })
})

test('an unknown outcome is repeated where the provider says it may be, with the same reference', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  stage.provider.failNext(refusal('unknown', 'ECONNRESET', 'The line dropped'))
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'queued', errorCode: 'ECONNRESET' })
  stage.clock.forward({ seconds: 6 })
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
  expect(stage.provider.calls.map(({ reference }) => reference)).toEqual([id, id])
})

test('an unknown outcome stays unknown where it may not be repeated, whatever else the channel has', async ({
  stage,
}) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  const other = fakeProvider({ id: 'other', repeatable: true })
  const providers = [...stage.lent.catalog.providers, other]
  stage.lent.catalog = { ...stage.lent.catalog, providers }
  stage.provider.repeatable = false
  stage.provider.failNext(refusal('unknown', 'ECONNRESET', 'The line dropped'))
  await stage.deliver(stage.newWorker())
  expect(await stage.stored(id)).toMatchObject({ status: 'unknown', problem: true, errorCode: 'ECONNRESET' })
  stage.clock.forward({ days: 30 })
  expect(await stage.deliver()).toBe(0)
})

test('a provider that throws something else is logged, and its message counts as of unknown outcome', async ({
  stage,
}) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  stage.provider.repeatable = false
  stage.provider.onSend = () => {
    throw new TypeError('broken for Ann')
  }
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({
    status: 'unknown',
    errorCode: 'internal',
    errorDetail: 'Internal error',
  })
  expect(stage.log.filter(({ level }) => level === 'error')).toHaveLength(1)
})

test('words of a provider that Postgres cannot keep spoil neither their message nor those beside it', async ({
  stage,
}) => {
  const { accountId, asApp } = await stage.ready()
  const ids = await Promise.all(
    ['nul', 'half', 'id', 'fine', 'config'].map((to) => stage.sendAlarm(asApp, { to: `${to}@example.com` })),
  )
  stage.provider.onSend = ({ to }) => {
    if (to.startsWith('nul')) throw refusal('reject', '5\0', 'a\0b')
    if (to.startsWith('half')) throw refusal('reject', '550', `${'x'.repeat(299)}😀`)
    if (to.startsWith('config')) throw refusal('misconfigured', '5\0', 'a\0b')
    return to.startsWith('id') ? { providerMessageId: 'a\0b\ud83d' } : undefined
  }
  await stage.deliver()
  const stored = await Promise.all(ids.map(({ id }) => stage.stored(id)))
  expect(stored.map(({ status }) => status)).toEqual(['failed', 'failed', 'sent', 'sent', 'queued'])
  expect(stored.map(({ errorDetail }) => errorDetail?.length)).toEqual([2, 299, undefined, undefined, 2])
  expect(stored[2]?.providerMessageId).toBe('ab')
  expect(await stage.db.select().from(account).where(eq(account.id, accountId))).toMatchObject([{ failingCode: '5' }])
})

test('what has not been handed over at shutdown goes back to the queue at once', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  await stage.deliver(stage.newWorker({ stopping: AbortSignal.abort() }))
  expect(await stage.stored(id)).toMatchObject({
    status: 'queued',
    errorCode: 'worker_stopped',
    job: { state: 'created' },
  })
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
})

test('a provider that has a message in hand at shutdown may finish it, until its time is over', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const [stopping, cutOff] = [new AbortController(), new AbortController()]
  stage.provider.onSend = ({ signal }) => {
    stopping.abort()
    expect(signal?.aborted).toBe(false)
    cutOff.abort()
    expect(signal?.aborted).toBe(true)
    throw refusal('retry', 'EABORT')
  }
  const { id } = await stage.sendAlarm(asApp)
  await stage.deliver(stage.newWorker({ stopping: stopping.signal, cutOff: cutOff.signal }))
  // What was broken off before it was sent has done nothing wrong: it does not wait.
  expect(await stage.stored(id)).toMatchObject({ status: 'queued', errorCode: 'worker_stopped' })
  stage.provider.onSend = () => undefined
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
})

for (const [to, status] of [
  ['failed@example.com', 'failed'],
  ['unknown+1@example.com', 'unknown'],
  ['expired@example.com', 'expired'],
  ['sent@example.com', 'sent'],
  ['ann@example.com', 'delivered'],
] as const) {
  test(`a test key never reaches a provider: ${to} ends as ${status}`, async ({ stage }) => {
    const { owner, app, accountId } = await stage.ready()
    const { asApp } = await stage.key(owner, app.id, { kind: 'test' })
    await removeAccount(owner, accountId)
    const { id } = await stage.send(asApp, { to })
    await stage.deliver()
    expect(await stage.stored(id)).toMatchObject({ kind: 'test', status, sealedVariables: null })
    expect(stage.provider.calls).toEqual([])
  })
}

test('an account switched while 200 messages are queued sends those that are left', async ({ stage }) => {
  const { owner, app, asApp } = await stage.ready()
  await Promise.all(Array.from({ length: 200 }, (_, n) => stage.sendAlarm(asApp, { to: `p${n}@example.com` })))
  const jobs = await stage.takeDue()
  const worker = stage.newWorker()
  await Promise.all(worker(jobs.slice(0, 80)))
  const second = await stage.account(owner, { username: 'second', validated: true })
  await Promise.all(worker(jobs.slice(80)))
  const usernames = stage.provider.calls.map(({ config }) => config.username)
  expect(usernames.filter((username) => username === 'signet')).toHaveLength(80)
  expect(usernames.filter((username) => username === 'second')).toHaveLength(120)
  const sent = and(eq(message.appId, app.id), eq(message.status, 'sent'), eq(message.accountId, second))
  expect(await stage.db.$count(message, sent)).toBe(120)
})
