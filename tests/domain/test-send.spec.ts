/** Test sends: the exact content, through the account in force, told at once and kept in the log as what it was. */
import { eq } from 'drizzle-orm'
import { message } from '#db/schema/index.ts'
import { removeAccount } from '#domain/accounts/accounts.ts'
import { addScenario, builtInScenarios } from '#domain/scenarios/scenarios.ts'
import { testSend } from '#domain/sending/trials/test-send.ts'
import { emailExamples, exampleLanguages } from '#domain/templates/examples.ts'
import { sampleValues, saveSampleValues } from '#domain/templates/samples.ts'
import { refusal } from '../support/fake-provider.ts'
import { expect, loginHtml, test } from '../support/make.ts'

const content = { subject: 'Code ${code}', html: loginHtml }
const trial = { channel: 'email', scenario: 'login', appId: null, content, to: 'me@example.com' } as const

test('a test send mails the content that was given, saved or not, with values to look at', async ({ stage }) => {
  const { org, accountId } = await stage.ready()
  const outcome = await testSend(org.as('author'), { ...trial, values: { code: '24-68-0' } })
  expect(outcome).toMatchObject({ ok: true, providerMessageId: 'fake-1' })
  expect(stage.provider.calls).toMatchObject([
    { to: 'me@example.com', reference: outcome.messageId, message: { subject: 'Code 24-68-0' } },
  ])
  const stored = await stage.stored(outcome.messageId)
  expect(stored).toMatchObject({ kind: 'test_send', status: 'sent', accountId, variables: {}, sealedVariables: null })
  expect(stored.line).toEqual(['accepted', 'sending', 'sent'])
  expect(await stage.dump()).not.toContain('24-68-0')
})

test('what production sends for the same values is the same mail', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  await stage.template(owner, { content, baseVersion: 1 })
  const values = { code: '24-68-0', account: 'Ann', app_name: 'Shop', expires_in_minutes: '10' }
  await testSend(owner, { ...trial, values })
  await stage.send(asApp, { variables: values })
  await stage.deliver()
  const [tried, sent] = stage.provider.calls
  expect(tried?.message).toEqual(sent?.message)
})

test('a refusal is told in place and kept in the log, and the account is not marked', async ({ stage }) => {
  const { org } = await stage.ready()
  stage.provider.failNext(refusal('reject', '550', 'No such user'))
  const outcome = await testSend(org.as('author'), trial)
  expect(outcome).toMatchObject({ ok: false, kind: 'reject', code: '550', detail: 'No such user' })
  expect(await stage.stored(outcome.messageId)).toMatchObject({ status: 'failed', problem: true, errorCode: '550' })
})

test('a provider that knows its codes says what one means', async ({ stage }) => {
  const { org } = await stage.ready()
  stage.provider.explain = (code) => (code === 'isv.AMOUNT_NOT_ENOUGH' ? 'aliyun_balance' : undefined)
  stage.provider.failNext(refusal('misconfigured', 'isv.AMOUNT_NOT_ENOUGH'), refusal('reject', 'isv.NEW'))
  expect(await testSend(org.as('author'), trial)).toMatchObject({ ok: false, cause: 'aliyun_balance' })
  expect(await testSend(org.as('author'), trial)).not.toHaveProperty('cause')
})

test('what could not be sent is refused before anything is', async ({ stage }) => {
  const { org, owner, accountId } = await stage.ready()
  const author = org.as('author')
  const foreign = '0193a5c2-7e11-7c39-a2f0-6f1d2c3b4a59'
  for (const [given, error] of [
    [{ to: 'me' }, { data: { fields: [{ path: 'to', code: 'recipient_invalid' }] } }],
    [
      { content: { subject: 'S', html: '<p>no code</p>' } },
      { data: { fields: [{ path: 'content.html', code: 'code_missing' }] } },
    ],
    [{ scenario: 'nothing' }, { code: 'unknown_scenario' }],
    [{ channel: 'official_account' }, { data: { fields: [{ path: 'channel', code: 'invalid_value' }] } }],
    [{ appId: foreign }, { code: 'not_found' }],
  ] as const) {
    await expect(testSend(author, { ...trial, ...given })).rejects.toMatchObject(error)
  }
  await expect(testSend(org.as('viewer'), trial)).rejects.toMatchObject({ code: 'forbidden' })
  await removeAccount(owner, accountId)
  await expect(testSend(author, trial)).rejects.toMatchObject({ code: 'channel_not_configured' })
  expect(stage.provider.calls).toEqual([])
  expect(await stage.db.$count(message, eq(message.organizationId, org.id))).toBe(0)
})

test('a person sends at most thirty an hour', async ({ stage }) => {
  const { org } = await stage.ready()
  const tries = await Promise.allSettled(Array.from({ length: 32 }, () => testSend(org.as('author'), trial)))
  const refused = tries.filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(2)
  expect(refused[0]).toMatchObject({ reason: { code: 'rate_limited', data: { retryAfter: expect.any(Number) } } })
  expect(stage.provider.calls).toHaveLength(30)
})

test('sample values are there for every variable, and a person’s own are theirs alone', async ({ stage }) => {
  const org = await stage.organization()
  const usual = await sampleValues(org.as('author'), 'login')
  expect(Object.keys(usual)).toEqual(['code', 'expires_in_minutes', 'app_name', 'account'])
  const values = { code: '1', nothing: 'x' }
  await saveSampleValues(org.as('author'), { scenario: 'login', values: { code: '0' } })
  await saveSampleValues(org.as('author'), { scenario: 'login', values })
  expect(await sampleValues(org.as('author'), 'login')).toEqual({ ...usual, code: '1' })
  expect(await sampleValues(org.as('viewer'), 'login')).toEqual(usual)
  const again = await stage.organization()
  expect(await sampleValues(again.as('author'), 'login')).toEqual(usual)
})

test('every built-in scenario has an example in both languages that can be saved without a hint', async ({ stage }) => {
  const author = (await stage.organization()).as('author')
  for (const [n, { key }] of builtInScenarios.entries()) {
    const examples = exampleLanguages.flatMap((language) => emailExamples(key, language))
    for (const [m, { design, content }] of examples.entries()) {
      const saved = await stage.template(author, { scenario: key, content, baseVersion: m })
      expect(saved.hints, `${n} ${key} ${design}`).toEqual([])
    }
  }
  expect(emailExamples('booking', 'en')).toEqual([])
})

test('a variable may bear a name that every object answers to', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  const scenario = { key: 'construction', kind: 'notification', nameEn: 'Construction', nameZh: '施工' } as const
  await addScenario(owner, { ...scenario, variables: ['constructor'] })
  expect(await sampleValues(owner, 'construction')).toMatchObject({ constructor: '[constructor]' })
  const built = { subject: 'By ${constructor}', html: '<p>${constructor}</p>' }
  expect(await testSend(owner, { ...trial, scenario: 'construction', content: built })).toMatchObject({ ok: true })
  expect(stage.provider.calls).toMatchObject([
    { message: { subject: 'By [constructor]', html: '<p>[constructor]</p>' } },
  ])
  await stage.template(owner, { scenario: 'construction', content: built })
  const missing = stage.send(asApp, { scenario: 'construction', variables: {} })
  await expect(missing).rejects.toMatchObject({ code: 'missing_variables', data: { variables: ['constructor'] } })
  const { id } = await stage.send(asApp, { scenario: 'construction', variables: { constructor: 'Ann' } })
  await stage.deliver()
  expect(stage.provider.calls.at(-1)).toMatchObject({ reference: id, message: { subject: 'By Ann' } })
})
