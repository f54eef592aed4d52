/** Verification codes: made by Signet, good once, within their life and for five tries, and never readable from what is stored. */
import { eq } from 'drizzle-orm'
import { message } from '#db/schema/index.ts'
import { forgetOld } from '#domain/base/forgetting.ts'
import { checkVerification } from '#domain/verifications/checking.ts'
import { endExpired } from '#domain/verifications/ending.ts'
import { expect, masterKey, test } from '../support/make.ts'
import { mobile, texting } from '../support/texting.ts'
import { arrived, check, start, started, verificationRow, withSettings, wrong } from '../support/verifying.ts'

test('the code that arrives approves its verification, and works once', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id, message_id: messageId, ...answer } = await started(asApp)
  const at = (minutes: number) => new Date(stage.clock.now().getTime() + minutes * 60_000).toISOString()
  expect(answer).toEqual({ status: 'pending', expires_at: at(10), resend_at: at(1) })
  const [code = ''] = await arrived(stage)
  expect(code).toMatch(/^\d{6}$/)
  expect(await stage.stored(messageId)).toMatchObject({ status: 'sent', verificationId: id, sealedVariables: null })
  expect(await check(asApp, id, code)).toEqual({ id, status: 'approved' })
  await expect(check(asApp, id, code)).rejects.toMatchObject({ code: 'conflict' })
  expect(await verificationRow(stage, id)).toMatchObject({ status: 'approved', sealedCode: null })
})

test('a code is taken as people write it', async ({ stage }) => {
  const { asApp } = await stage.ready()
  for (const [to, spelt] of [
    ['a@example.com', (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)}\n`],
    ['b@example.com', (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`],
    ['c@example.com', (code: string) => code.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))],
  ] as const) {
    const { id } = await started(asApp, { to })
    const [code = ''] = await arrived(stage)
    expect(await check(asApp, id, spelt(code))).toMatchObject({ status: 'approved' })
  }
})

test('the fifth wrong try ends a verification, for the right code too', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await started(asApp)
  const [code = ''] = await arrived(stage)
  const tries = []
  for (let n = 0; n < 5; n++) tries.push(await check(asApp, id, wrong(code)))
  expect(tries).toEqual([
    ...[4, 3, 2, 1].map((left) => ({ id, status: 'pending', attempts_left: left })),
    { id, status: 'exhausted' },
  ])
  expect(await check(asApp, id, code)).toEqual({ id, status: 'exhausted' })
  expect(await verificationRow(stage, id)).toMatchObject({ sealedCode: null, attempts: 5 })
})

test('of thirty wrong tries at once five count', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await started(asApp)
  const [code = ''] = await arrived(stage)
  const tries = await Promise.all(Array.from({ length: 30 }, () => check(asApp, id, wrong(code))))
  expect(tries.flatMap(({ attempts_left: left }) => left ?? []).sort()).toEqual([1, 2, 3, 4])
  expect(await verificationRow(stage, id)).toMatchObject({ status: 'exhausted', attempts: 5 })
})

test('of ten right tries at once one is approved', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await started(asApp)
  const [code = ''] = await arrived(stage)
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => check(asApp, id, code)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a code ends with its life, and what is stored of it is erased', async ({ stage }) => {
  const { asApp, owner, app } = await stage.ready()
  const { asApp: another } = await stage.key(owner, (await stage.app(owner, { codeLifetimeMinutes: 30 })).id)
  const { id } = await started(asApp)
  const { id: longer } = await started(another, { to: 'bob@example.com' })
  const [code = ''] = await arrived(stage)
  stage.clock.forward({ minutes: 10, ms: -1 })
  await endExpired(stage.system)
  expect(await verificationRow(stage, id)).toMatchObject({ status: 'pending' })
  stage.clock.forward({ ms: 1 })
  expect(await check(asApp, id, code)).toEqual({ id, status: 'expired' })
  stage.clock.forward({ minutes: 20 })
  await endExpired(stage.system)
  expect(await verificationRow(stage, longer)).toMatchObject({ status: 'expired', sealedCode: null })
  expect(app.id).not.toBe(longer)
})

test('a message with a code that has expired is not sent any more', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { message_id: messageId } = await started(asApp)
  stage.clock.forward({ minutes: 10 })
  await stage.deliver()
  expect(await stage.stored(messageId)).toMatchObject({ status: 'expired', sealedVariables: null })
})

test('asking again within its life sends the same code, which says how long it still works', async ({ stage }) => {
  const { asApp, owner } = await stage.ready()
  const html = '<b>${code}</b> ${expires_in_minutes} min'
  await stage.template(owner, { scenario: 'registration', content: { subject: 'Code', html } })
  const first = await started(asApp, { scenario: 'registration' })
  const [code = ''] = await arrived(stage)
  stage.clock.forward({ minutes: 3, seconds: 30 })
  const second = await started(asApp, { scenario: 'registration' })
  expect(second).toMatchObject({ id: first.id, expires_at: first.expires_at })
  expect(second.message_id).not.toBe(first.message_id)
  expect(await arrived(stage)).toEqual([code])
  expect(JSON.stringify(stage.provider.calls.at(-1)?.message)).toContain('7 min')
  expect(await check(asApp, first.id, code)).toMatchObject({ status: 'approved' })
  stage.clock.forward({ minutes: 1 })
  expect((await started(asApp, { scenario: 'registration' })).id).not.toBe(first.id)
})

test('wrong tries are not forgotten when the code is sent again', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await started(asApp)
  const [code = ''] = await arrived(stage)
  await check(asApp, id, wrong(code))
  stage.clock.forward({ minutes: 1 })
  await started(asApp)
  expect(await check(asApp, id, wrong(code))).toMatchObject({ attempts_left: 3 })
})

test('scenarios, recipients and Apps have verifications of their own', async ({ stage }) => {
  const { asApp, owner } = await stage.ready()
  await stage.template(owner, { scenario: 'registration' })
  const { asApp: another } = await stage.key(owner, (await stage.app(owner)).id)
  const wait = () => stage.clock.forward({ minutes: 1 })
  const ids = [(await started(asApp)).id]
  wait()
  ids.push((await started(asApp, { scenario: 'registration' })).id)
  wait()
  ids.push((await started(another)).id)
  ids.push((await started(asApp, { to: 'Bob@example.com' })).id)
  expect(new Set(ids).size).toBe(4)
  wait()
  expect((await started(asApp, { to: 'Bob@EXAMPLE.com' })).id).toBe(ids[3])
})

test('nobody but its App can check a verification, and its test keys cannot either', async ({ stage }) => {
  const { asApp, owner, app } = await stage.ready()
  const { asApp: another } = await stage.key(owner, (await stage.app(owner)).id)
  const { asApp: testing } = await stage.key(owner, app.id, { kind: 'test' })
  const { asApp: stranger } = await stage.ready('Other')
  const { id } = await started(asApp)
  const [code = ''] = await arrived(stage)
  for (const who of [another, testing, stranger]) {
    await expect(check(who, id, code)).rejects.toMatchObject({ code: 'not_found' })
  }
  await expect(check(owner, id, code)).rejects.toMatchObject({ code: 'unauthorized' })
  expect(await check(asApp, id, code)).toMatchObject({ status: 'approved' })
})

test('codes differ, have the length that the App wants, and stand nowhere in clear', async ({ stage }) => {
  const { asApp, owner, app } = await stage.ready()
  await withSettings(owner, app.id, { codeLength: 8 })
  const ids = await Promise.all(
    Array.from({ length: 60 }, async (_, n) => (await started(asApp, { to: `p${n}@example.com` })).id),
  )
  const rows = JSON.stringify([
    await Promise.all(ids.map((id) => verificationRow(stage, id))),
    await stage.db.select().from(message).where(eq(message.appId, app.id)),
  ])
  const codes = await arrived(stage)
  expect(codes.every((code) => /^\d{8}$/.test(code))).toBe(true)
  expect(new Set(codes).size).toBe(60)
  expect(codes.filter((code) => rows.includes(code))).toEqual([])
})

test('a verification outlives an exchange of the master key', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await started(asApp)
  const [code = ''] = await arrived(stage)
  stage.keys.unshift(masterKey(9))
  stage.clock.forward({ minutes: 1 })
  expect((await started(asApp)).id).toBe(id)
  expect(await arrived(stage)).toEqual([code])
  expect(await check(asApp, id, code)).toMatchObject({ status: 'approved' })
})

test('a test key reaches no provider, is not limited, and its code is known', async ({ stage }) => {
  const { owner, app } = await stage.ready()
  const { asApp } = await stage.key(owner, app.id, { kind: 'test' })
  const ids = await Promise.all(Array.from({ length: 12 }, async () => (await started(asApp)).id))
  expect(new Set(ids).size).toBe(1)
  expect(await arrived(stage)).toEqual([])
  const [id = ''] = ids
  expect(await check(asApp, id, '123457')).toMatchObject({ status: 'pending', attempts_left: 4 })
  expect(await check(asApp, id, '123456')).toMatchObject({ status: 'approved' })
})

test('what Signet makes itself cannot be given, and only verification scenarios have codes', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const refused = async (given: Parameters<typeof start>[1]) => start(asApp, given).catch((error) => error)
  expect(await refused({ variables: { code: '1' } })).toMatchObject({
    data: { fields: [{ path: 'variables.code', code: 'unknown_field' }] },
  })
  expect(await refused({ scenario: 'device_alarm' })).toMatchObject({
    data: { fields: [{ path: 'scenario', code: 'not_verification' }] },
  })
  expect(await refused({ scenario: 'nothing' })).toMatchObject({ code: 'unknown_scenario' })
  expect(await refused({ to: 'nobody' })).toMatchObject({ code: 'recipient_invalid' })
  expect(await refused({ variables: { colour: 'red' } })).toMatchObject({ code: 'unknown_variables' })
  expect(await refused({ scenario: 'registration' })).toMatchObject({ code: 'template_not_configured' })
  expect(await refused({ channel: 'sms', to: mobile })).toMatchObject({ code: 'channel_not_configured' })
})

test('a repeated call gets the first answer, and another body under its key is refused', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const key = { idempotencyKey: 'sign-up-17' }
  const calls = await Promise.all(Array.from({ length: 50 }, () => start(asApp, {}, key)))
  expect(calls.filter(({ repeated }) => !repeated)).toHaveLength(1)
  expect(new Set(calls.map(({ answer }) => JSON.stringify(answer))).size).toBe(1)
  expect(await arrived(stage)).toHaveLength(1)
  await expect(start(asApp, { to: 'bob@example.com' }, key)).rejects.toMatchObject({ code: 'idempotency_conflict' })
  stage.clock.forward({ minutes: 24 * 60, ms: 1 })
  expect((await start(asApp, { to: 'bob@example.com' }, key)).repeated).toBe(false)
})

test('a call that was refused leaves its key free', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const key = { idempotencyKey: 'again' }
  await started(asApp)
  await expect(start(asApp, {}, key)).rejects.toMatchObject({ code: 'rate_limited' })
  stage.clock.forward({ minutes: 1 })
  expect((await start(asApp, {}, key)).repeated).toBe(false)
})

test('a repeated check gets the first answer and counts once', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await started(asApp)
  const [code = ''] = await arrived(stage)
  const again = async (tried: string, idempotencyKey: string) =>
    checkVerification(asApp, id, { code: tried }, { idempotencyKey })
  for (let n = 0; n < 6; n++) expect((await again(wrong(code), 'one')).answer.attempts_left).toBe(4)
  expect(await again(code, 'two')).toMatchObject({ answer: { status: 'approved' }, repeated: false })
  expect(await again(code, 'two')).toMatchObject({ answer: { status: 'approved' }, repeated: true })
  await expect(again(wrong(code), 'two')).rejects.toMatchObject({ code: 'idempotency_conflict' })
})

test('verifications are kept for thirty days', async ({ stage }) => {
  const { asApp } = await texting(stage)
  const { id } = await started(asApp, { channel: 'sms', to: mobile })
  stage.clock.forward({ minutes: 29 * 1440 })
  await forgetOld(stage.system)
  expect(await verificationRow(stage, id)).toMatchObject({ recipient: mobile })
  stage.clock.forward({ minutes: 2 * 1440 })
  await forgetOld(stage.system)
  expect(await verificationRow(stage, id)).toBeUndefined()
})
