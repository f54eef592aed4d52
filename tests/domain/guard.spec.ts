/** The guard against misuse of codes: what it takes for an attack, whom it spares, and what it tells of it. */
import { desc, eq, lte } from 'drizzle-orm'
import { auditEvent, codeCount, codeDecision, message, roles } from '#db/schema/index.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { forgetOld } from '#domain/base/forgetting.ts'
import { countryName } from '#domain/verifications/code-settings.ts'
import { endExpired } from '#domain/verifications/ending.ts'
import { findingOf } from '#domain/verifications/guard-rule.ts'
import { ChangeGuard, changeGuard, guardOf } from '#domain/verifications/guard-settings.ts'
import { ask, enter, found, guarded, numberOf, setGuard } from '../support/guarding.ts'
import { expect, type Stage, test } from '../support/make.ts'
import { check, codeOf, start, started } from '../support/verifying.ts'

const blocked = (reason: string) => ({ code: 'codes_blocked', data: { reason } })

/** A day on which so many people entered a code, and the same hour of the next. */
async function dayBehind(stage: Stage, asApp: Ctx, people: number, country = '86') {
  for (let n = 0; n < people; n++) await enter(stage, asApp, numberOf(900 + n, 0, country))
  stage.clock.forward({ minutes: 1440 })
}

async function lastEntry(stage: Stage, appId: string) {
  const isOf = eq(auditEvent.subjectId, appId)
  const [entry] = await stage.db.select().from(auditEvent).where(isOf).orderBy(desc(auditEvent.id)).limit(1)
  return entry
}

const nothing = {
  ...{ sentInHour: 0, verifiedInHour: 0, sentInDay: 0, verifiedInDay: 0, bestDay: 0, bestDayBefore: 0 },
}

test('what is too many follows what was entered: a fifth in a day, a sixth of that or a fifth in an hour, and a few in any case', () => {
  const allowed = (name: Parameters<typeof findingOf>[0], counts: Partial<typeof nothing>) => {
    const inDay = findingOf(name, { ...nothing, ...counts, sentInDay: 1_000_000 })
    const inHour = findingOf(name, { ...nothing, ...counts, sentInHour: 1_000_000 })
    return [inDay?.allowed, inHour?.allowed]
  }
  expect(allowed('number_prefix', {})).toEqual([20, 3])
  expect(allowed('client_ip', {})).toEqual([20, 10])
  expect(allowed('country', {})).toEqual([20, 20])
  expect(allowed('app', {})).toEqual([40, 40])
  expect(allowed('country', { bestDay: 1000 })).toEqual([200, 33])
  expect(allowed('country', { bestDay: 1000, verifiedInHour: 400 })).toEqual([200, 80])
  expect(allowed('app', { bestDay: 1000 })).toEqual([400, 66])
  expect(findingOf('number_prefix', { ...nothing, sentInHour: 2 })).toBeUndefined()
  expect(findingOf('number_prefix', { ...nothing, sentInHour: 3 })).toEqual({ span: 'hour', counted: 3, allowed: 3 })
  expect(findingOf('number_prefix', { ...nothing, sentInHour: 13, verifiedInHour: 11 })).toBeUndefined()
  expect(findingOf('number_prefix', { ...nothing, sentInDay: 20 })).toEqual({ span: 'day', counted: 20, allowed: 20 })
})

test('unless told otherwise it sends what is suspicious, and notes it in one row with its numbers', async ({
  stage,
}) => {
  const ready = await guarded(stage)
  for (let n = 0; n < 7; n++) await ask(ready.asApp, numberOf(1, n))
  const suspicious = { cause: 'number_prefix', value: '86 1380001', span: 'hour' }
  expect(await found(ready)).toEqual([{ ...suspicious, counted: 6, allowed: 3, codes: 4, refused: 0 }])
  expect(await stage.db.$count(message, eq(message.appId, ready.app.id))).toBe(7)
})

test('told to refuse, it refuses the fourth unused code to a prefix and sends nothing; other prefixes get theirs', async ({
  stage,
}) => {
  const ready = await guarded(stage, { guardMode: 'block' })
  const { asApp } = ready
  stage.clock.forward({ minutes: 15 })
  for (let n = 0; n < 3; n++) await ask(asApp, numberOf(1, n))
  for (let n = 3; n < 6; n++) {
    const refused = { ...blocked('number_prefix'), data: { reason: 'number_prefix', retryAfter: 60 } }
    await expect(ask(asApp, numberOf(1, n), { client_ip: `203.0.113.${n}` })).rejects.toMatchObject(refused)
  }
  await ask(asApp, numberOf(2, 0))
  await ask(asApp, numberOf(1, 0, '852'))
  const suspicious = { cause: 'number_prefix', value: '86 1380001', span: 'hour' }
  expect(await found(ready)).toEqual([{ ...suspicious, counted: 3, allowed: 3, codes: 3, refused: 3 }])
  expect(await stage.db.$count(message, eq(message.appId, ready.app.id))).toBe(5)
  stage.clock.forward({ minutes: 45 })
  await ask(asApp, numberOf(1, 7))
})

test('a code that is entered is not unused, however often it was sent', async ({ stage }) => {
  const { asApp } = await guarded(stage, { guardMode: 'block' })
  for (let n = 0; n < 8; n++) await enter(stage, asApp, numberOf(1, n))
  const { id } = await started(asApp, { channel: 'sms', to: numberOf(1, 20) })
  for (let n = 0; n < 2; n++) {
    stage.clock.forward({ minutes: 1 })
    await ask(asApp, numberOf(1, 20))
  }
  await expect(ask(asApp, numberOf(1, 21))).rejects.toMatchObject(blocked('number_prefix'))
  await check(asApp, id, await codeOf(stage, id))
  await ask(asApp, numberOf(1, 21))
})

test('who asks again, because nothing has come, is not refused for their own codes; others of the prefix are', async ({
  stage,
}) => {
  const { asApp } = await guarded(stage, { guardMode: 'block' })
  for (let n = 0; n < 5; n++) {
    await ask(asApp, numberOf(1, 0))
    stage.clock.forward({ minutes: 1 })
  }
  await expect(ask(asApp, numberOf(1, 1))).rejects.toMatchObject(blocked('number_prefix'))
})

test('of calls at once as many get a code as are allowed', async ({ stage }) => {
  const ready = await guarded(stage, { guardMode: 'block' })
  const calls = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => ask(ready.asApp, numberOf(1, n))))
  expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  expect(await found(ready)).toMatchObject([{ counted: 3, codes: 9, refused: 9 }])
})

test('codes at once and codes entered at once do not wait for each other for ever, and all of them count', async ({
  stage,
}) => {
  const ready = await guarded(stage)
  const { asApp } = ready
  const from = (n: number) => ({ client_ip: `203.0.113.${n % 3}` })
  const asked = await Promise.all(
    Array.from({ length: 20 }, (_, n) => started(asApp, { channel: 'sms', to: numberOf(n, 0), ...from(n) })),
  )
  const codes = await Promise.all(asked.map(({ id }) => codeOf(stage, id)))
  await Promise.all([
    ...asked.map(({ id }, n) => check(asApp, id, codes[n] ?? '')),
    ...Array.from({ length: 20 }, (_, n) => ask(asApp, numberOf(100 + n, 0), from(n))),
  ])
  expect((await guardOf(ready.owner, ready.app.id)).channels).toContainEqual({
    ...{ channel: 'sms', perDay: null, isStopped: false, sentInDay: 40 },
  })
})

test('one address, or one network of IPv6, gets ten unused codes; whoever comes from another notices nothing', async ({
  stage,
}) => {
  const ready = await guarded(stage, { guardMode: 'block' })
  const from = (n: number, client_ip: string) => ask(ready.asApp, numberOf(n, 0), { client_ip })
  for (let n = 0; n < 10; n++) await from(n, `2001:db8:0:7::${n + 1}`)
  await expect(from(20, '2001:db8:0:7:ffff::1')).rejects.toMatchObject(blocked('client_ip'))
  for (let n = 21; n < 45; n++) await from(n, `203.0.113.${n}`)
  const attacker = { cause: 'client_ip', value: '2001:db8:0:7::/64', counted: 10, allowed: 10, refused: 1 }
  expect((await found(ready)).filter(({ refused }) => refused > 0)).toMatchObject([attacker])
})

test('an attack that is noted is not held against the country and the App', async ({ stage }) => {
  const ready = await guarded(stage)
  for (let n = 0; n < 60; n++) await ask(ready.asApp, numberOf(1, n), { client_ip: `203.0.113.${n}` })
  for (let n = 100; n < 160; n++) await ask(ready.asApp, numberOf(n, 0), { client_ip: '198.51.100.1' })
  expect(await found(ready)).toMatchObject([
    { cause: 'number_prefix', codes: 57 },
    { cause: 'client_ip', codes: 50 },
  ])
})

test('on the first day of an App nobody is refused for what others of the country or the App do', async ({ stage }) => {
  const ready = await guarded(stage, { guardMode: 'block' })
  for (let n = 0; n < 70; n++) await ask(ready.asApp, numberOf(n, 0))
  expect(await found(ready)).toMatchObject([{ cause: 'country', value: 'CN', allowed: 20, codes: 50, refused: 0 }])
})

test('an attack all over a country ends there once the App has a day behind it; other countries get their codes', async ({
  stage,
}) => {
  const ready = await guarded(stage, { guardMode: 'block' })
  const { asApp } = ready
  await dayBehind(stage, asApp, 10)
  const calls = []
  for (let n = 0; n < 60; n++) calls.push(...(await Promise.allSettled([ask(asApp, numberOf(n, 0, '62'))])))
  expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
  expect(calls.at(-1)).toMatchObject({ reason: blocked('country') })
  for (let n = 0; n < 15; n++) await ask(asApp, numberOf(n, 0))
  for (let n = 0; n < 15; n++) await enter(stage, asApp, numberOf(n, 0, '852'))
  expect(await found(ready)).toMatchObject([{ cause: 'country', value: 'ID', counted: 20, codes: 40, refused: 40 }])
})

test('an attack on one country refuses nobody in another with the same calling code', async ({ stage }) => {
  const ready = await guarded(stage, { guardMode: 'block' })
  const { asApp } = ready
  await dayBehind(stage, asApp, 10)
  for (let n = 0; n < 20; n++) await ask(asApp, numberOf(n, 0, '1876'))
  await expect(ask(asApp, numberOf(20, 0, '1876'))).rejects.toMatchObject(blocked('country'))
  await ask(asApp, numberOf(0, 0, '1212'))
  expect(await found(ready)).toMatchObject([{ cause: 'country', value: 'JM', counted: 20, refused: 1 }])
  expect([countryName('JM', 'en'), countryName('CN', 'zh-CN'), countryName('882', 'en')]).toEqual([
    ...['Jamaica', '中国内地', '+882'],
  ])
})

test('after a night without codes an App may go on as on its days before; what a day leaves unused in a country is noted only', async ({
  stage,
}) => {
  const ready = await guarded(stage, { guardMode: 'block' })
  const { asApp } = ready
  await dayBehind(stage, asApp, 130)
  stage.clock.forward({ minutes: 600 })
  for (let n = 0; n < 26; n++) {
    await ask(asApp, numberOf(n, 0))
    if (n % 15 === 14) stage.clock.forward({ minutes: 60 })
  }
  await ask(asApp, numberOf(50, 0))
  expect(await found(ready)).toMatchObject([{ cause: 'country', span: 'day', codes: 1, refused: 0 }])
})

test('going from address to address and from prefix to prefix does not lead round the country’s circle', async ({
  stage,
}) => {
  const ready = await guarded(stage, { guardMode: 'block' })
  const { asApp } = ready
  await dayBehind(stage, asApp, 5)
  let sent = 0
  for (let address = 0; address < 10; address++)
    for (let n = 0; n < 10; n++) {
      // Each address begins where the one before ended.
      const [outcome] = await Promise.allSettled([
        ask(asApp, numberOf(address * 9 + n, address), { client_ip: `203.0.113.${address}` }),
      ])
      if (outcome?.status === 'fulfilled') sent++
    }
  expect(sent).toBeLessThanOrEqual(20)
  expect(await found(ready)).toContainEqual(expect.objectContaining({ cause: 'country', counted: 20 }))
})

test('codes that never went out are nobody’s misuse: once they have expired, a country is open again', async ({
  stage,
}) => {
  const ready = await guarded(stage, { guardMode: 'block' })
  const { asApp } = ready
  await dayBehind(stage, asApp, 5)
  // One is handed over, the others wait.
  await ask(asApp, numberOf(0, 0))
  await stage.deliver()
  for (let n = 1; n < 20; n++) await ask(asApp, numberOf(n, 0))
  await expect(ask(asApp, numberOf(30, 0))).rejects.toMatchObject(blocked('country'))
  stage.clock.forward({ minutes: 11 })
  await endExpired(stage.system)
  for (let n = 30; n < 49; n++) await ask(asApp, numberOf(n, 0))
  await expect(ask(asApp, numberOf(60, 0))).rejects.toMatchObject(blocked('country'))
})

test('of two who change the guard each changes what they meant to, and a stop that is lifted is recorded as that', async ({
  stage,
}) => {
  const { owner, org, app } = await guarded(stage)
  const change = (ctx: Ctx, given: object) => changeGuard(ctx, ChangeGuard.parse({ appId: app.id, ...given }))
  await change(owner, { stops: { sms: true } })
  await change(org.as('admin'), { codesPerDay: { sms: 5 }, stops: { voice: true } })
  expect((await guardOf(owner, app.id)).channels).toMatchObject([
    { channel: 'sms', perDay: 5, isStopped: true },
    { channel: 'voice', perDay: null, isStopped: true },
    { channel: 'email', perDay: null, isStopped: false },
  ])
  await change(owner, { unlimited: ['sms'], stops: { sms: false } })
  const entry = await lastEntry(stage, app.id)
  expect(entry?.changes).toEqual({ fields: ['codesPerDay'], released: ['sms'] })
})

test('a daily budget and a stop hold for every code on their channel, suspicious or not, and for no test', async ({
  stage,
}) => {
  const ready = await stage.ready()
  const { asApp, owner, app } = ready
  const { asApp: asTest } = await stage.key(owner, app.id, { kind: 'test' })
  const to = (n: number) => ({ to: `p${n}@example.com` })
  stage.clock.forward({ ms: 3_600_000 - (stage.clock.now().getTime() % 3_600_000) })
  await started(asApp, to(0))
  await setGuard(owner, app.id, { codesPerDay: { email: 3, sms: 1 } })
  const calls = await Promise.allSettled(Array.from({ length: 6 }, (_, n) => start(asApp, to(n + 1))))
  expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  const usedUp = { ...blocked('budget'), data: { reason: 'budget', retryAfter: 3600 } }
  await expect(start(asApp, to(9))).rejects.toMatchObject(usedUp)
  await started(asTest, to(9))
  expect(await found(ready)).toMatchObject([
    { cause: 'budget', value: '', span: 'day', counted: 3, allowed: 3, refused: 5 },
  ])
  stage.clock.forward({ minutes: 1439 })
  await expect(start(asApp, to(10))).rejects.toMatchObject({ code: 'codes_blocked' })
  stage.clock.forward({ minutes: 1 })
  await started(asApp, to(10))

  await setGuard(owner, app.id, { stoppedChannels: ['email'] })
  await expect(start(asApp, to(11))).rejects.toMatchObject({ code: 'codes_stopped' })
  await started(asTest, to(11))
  expect((await found(ready))[0]).toMatchObject({ cause: 'stopped', codes: 1, refused: 1 })
  await setGuard(owner, app.id, { stoppedChannels: ['sms'] })
  await started(asApp, to(11))
})

test('whoever manages Apps decides about the guard, others see it with addresses and prefixes masked, other organizations do not', async ({
  stage,
}) => {
  const ready = await guarded(stage)
  const { org, owner, app, asApp } = ready
  const other = await stage.organization('Other')
  for (let n = 0; n < 4; n++) await ask(asApp, numberOf(1234, n))
  for (let n = 0; n < 21; n++) await ask(asApp, numberOf(n, 0), { client_ip: '203.0.113.7' })
  for (let n = 0; n < 21; n++) await ask(asApp, numberOf(100 + n, 0, '852'), { client_ip: '2001:db8:0:7::1' })
  const values = async (ctx: Ctx) => (await guardOf(ctx, app.id)).decisions.map(({ value }) => value).sort()
  for (const role of roles) {
    const change = setGuard(org.as(role), app.id, { guardMode: 'block' })
    if (role === 'owner' || role === 'admin') {
      await change
      expect(await values(org.as(role))).toEqual(['2001:db8:0:7::/64', '203.0.113.7', '86 1381234'])
    } else {
      await expect(change).rejects.toMatchObject({ code: 'forbidden' })
      expect(await values(org.as(role))).toEqual(['2001:db8:•••', '203.0.•••', '86 138••••'])
    }
  }
  await expect(guardOf(other.as('owner'), app.id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(setGuard(other.as('owner'), app.id, {})).rejects.toMatchObject({ code: 'not_found' })
  await setGuard(owner, app.id, { guardMode: 'record', codesPerDay: { sms: 5 }, stoppedChannels: ['voice'] })
  const entry = await lastEntry(stage, app.id)
  expect(entry).toMatchObject({
    action: 'changed',
    changes: { fields: ['guardMode', 'codesPerDay'], stopped: ['voice'] },
  })
})

test('of many findings the last fifty are shown', async ({ stage }) => {
  const { owner, app } = await guarded(stage)
  const [hour, lastAt] = [stage.clock.now(), stage.clock.now()]
  const numbers = { span: 'hour', counted: 3, allowed: 3, codes: 1, refused: 0 } as const
  const decisions = Array.from({ length: 60 }, (_, n) => ({
    ...{
      appId: app.id,
      hour,
      channel: 'sms',
      cause: 'number_prefix' as const,
      value: `86 138${n}`,
      ...numbers,
      lastAt,
    },
  }))
  await stage.db.insert(codeDecision).values(decisions.slice(0, 50))
  expect(await guardOf(owner, app.id)).toMatchObject({ isCut: false })
  await stage.db.insert(codeDecision).values(decisions.slice(50))
  const { isCut, decisions: shown } = await guardOf(owner, app.id)
  expect([isCut, shown.length]).toEqual([true, 50])
})

test('counters hold no number and no address, and end after fourteen days, as what was decided does', async ({
  stage,
}) => {
  const ready = await guarded(stage)
  for (let n = 0; n < 4; n++) await ask(ready.asApp, numberOf(1, n), { client_ip: '203.0.113.7' })
  const dump = JSON.stringify(await stage.db.select().from(codeCount))
  const old = lte(codeCount.hour, stage.clock.now())
  expect(dump).not.toContain('86 138')
  expect(dump).not.toContain('203.0.113')
  stage.clock.forward({ minutes: 14 * 1440 })
  await forgetOld(stage.system)
  expect(await found(ready)).toEqual([])
  expect(await stage.db.$count(codeCount, old)).toBeGreaterThan(0)
  stage.clock.forward({ minutes: 60 })
  await forgetOld(stage.system)
  expect(await stage.db.$count(codeCount, old)).toBe(0)
})
