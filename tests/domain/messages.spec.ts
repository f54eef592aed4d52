/** Submitting: refused now rather than later, kept once accepted, and once only under an Idempotency-Key. */
import { eq } from 'drizzle-orm'
import { message, messageKey } from '#db/schema/index.ts'
import { removeAccount } from '#domain/accounts/accounts.ts'
import { forgetOld } from '#domain/base/forgetting.ts'
import { eraseRecipient } from '#domain/retention/erasing.ts'
import { submitter } from '#domain/sending/accept/accept.ts'
import { SubmitMessage } from '#domain/sending/accept/messages.ts'
import { resetTemplate } from '#domain/templates/resetting.ts'
import { refusal } from '../support/fake-provider.ts'
import { expect, masterKey, Stage, test } from '../support/make.ts'

type Ready = Awaited<ReturnType<Stage['ready']>>
const countOf = (stage: Stage, { app }: Ready) => stage.db.$count(message, eq(message.appId, app.id))
const alarm = { scenario: 'device_alarm' }

const refused: [string, (stage: Stage, given: Ready) => Promise<unknown>, Record<string, unknown>][] = [
  [
    'an unknown scenario',
    (stage, { asApp }) => stage.send(asApp, { scenario: 'nothing' }),
    { code: 'unknown_scenario' },
  ],
  [
    'a recipient that is none',
    (stage, { asApp }) => stage.send(asApp, { to: 'ann@' }),
    { code: 'recipient_invalid', data: { fields: [{ path: 'to', code: 'recipient_invalid' }] } },
  ],
  [
    'a channel that the scenario does not use',
    (stage, { asApp }) => stage.send(asApp, { channel: 'official_account' }),
    { code: 'invalid_request', data: { fields: [{ path: 'channel', code: 'channel_not_offered' }] } },
  ],
  [
    'a channel that is not there',
    (stage, { asApp }) => stage.send(asApp, { channel: 'official_account' }),
    { code: 'invalid_request', data: { fields: [{ path: 'channel', code: 'channel_not_offered' }] } },
  ],
  [
    'a channel without a validated account',
    async (stage, { owner, accountId, asApp }) => {
      await removeAccount(owner, accountId)
      return stage.send(asApp)
    },
    { code: 'channel_not_configured' },
  ],
  [
    'a scenario without a template',
    (stage, { asApp }) => stage.send(asApp, { scenario: 'registration' }),
    { code: 'template_not_configured' },
  ],
  [
    'a code that is missing',
    (stage, { asApp }) => stage.send(asApp, { variables: {} }),
    { code: 'missing_variables', data: { variables: ['code'] } },
  ],
  [
    'a variable that the template uses and nobody gave',
    (stage, { asApp }) => stage.send(asApp, { ...alarm, variables: { device_name: 'Pump' } }),
    { code: 'missing_variables', data: { variables: ['alarm_content', 'alarm_level'] } },
  ],
  [
    'variables that the scenario does not declare',
    (stage, { asApp }) => stage.send(asApp, { variables: { code: '1', colour: 'red' } }),
    { code: 'unknown_variables', data: { variables: ['colour'] } },
  ],
  ['somebody who is not an App', (stage, { owner }) => stage.send(owner), { code: 'unauthorized' }],
]

for (const [what, sending, error] of refused) {
  test(`${what} is refused and nothing is kept`, async ({ stage }) => {
    const given = await stage.ready()
    await expect(sending(stage, given)).rejects.toMatchObject(error)
    expect(await countOf(stage, given)).toBe(0)
    expect(await stage.deliver()).toBe(0)
  })
}

test('an accepted message is kept with its job, its first event and its normal address', async ({ stage }) => {
  const given = await stage.ready()
  const accepted = await stage.send(given.asApp, { to: 'Ann@EXAMPLE.com', reference: 'order-17' })
  const at = stage.clock.now()
  expect(accepted).toEqual({
    ...{ id: accepted.id, status: 'queued', channel: 'email', scenario: 'login', to: 'Ann@example.com' },
    ...{ created_at: at.toISOString(), repeated: false },
  })
  expect(await stage.stored(accepted.id)).toMatchObject({
    ...{ organizationId: given.org.id, appId: given.app.id, kind: 'live', status: 'queued', attempt: 0 },
    ...{ recipient: 'Ann@example.com', reference: 'order-17', accountId: given.accountId, templateVersion: 1 },
    ...{ line: ['accepted'], job: { state: 'created' }, createdAt: at },
    variables: { account: 'Ann@example.com', app_name: 'Shop', expires_in_minutes: '10' },
    expiresAt: new Date(at.getTime() + 600_000),
  })
})

test('the values that a message has of its own reach the mail, and given ones go before them', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  const html = '<p>${code} ${account} ${app_name} ${expires_in_minutes}</p>'
  await stage.template(owner, { content: { subject: 'S', html }, baseVersion: 1 })
  await stage.send(asApp, { variables: { code: '<1>' } })
  await stage.deliver()
  await stage.send(asApp, { variables: { code: '1', account: 'A & B', app_name: 'X', expires_in_minutes: '3' } })
  await stage.deliver()
  expect(stage.provider.calls).toMatchObject([
    { message: { html: '<p>&lt;1&gt; ann@example.com Shop 10</p>' } },
    { message: { html: '<p>1 A &amp; B X 3</p>' } },
  ])
})

test('a code lives as long as the App or the caller says', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const lifetimeOf = async (expires_in_minutes?: string) => {
    const variables = { code: '1', ...(expires_in_minutes ? { expires_in_minutes } : {}) }
    const { id } = await stage.send(asApp, { variables })
    return ((await stage.stored(id)).expiresAt?.getTime() ?? 0) - stage.clock.now().getTime()
  }
  expect(await lifetimeOf()).toBe(10 * 60_000)
  expect(await lifetimeOf('3')).toBe(3 * 60_000)
  for (const odd of ['soon', '-1', '0', '1441', 'Infinity']) expect(await lifetimeOf(odd)).toBe(10 * 60_000)
})

test('an alarm has no end', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  expect(await stage.stored(id)).toMatchObject({ expiresAt: null, sealedVariables: null })
})

test('text that Postgres cannot keep is refused before it could spoil the messages beside it', () => {
  const input = { channel: 'email', scenario: 'login', to: 'ann@example.com', variables: { code: '1' } }
  expect(SubmitMessage.safeParse(input).success).toBe(true)
  for (const bad of ['\0', 'a\0b', '\ud83d', '\ude00\ud83d']) {
    for (const wrong of [
      { scenario: bad },
      { to: bad },
      { reference: bad },
      { variables: { code: bad } },
      { variables: { code: '1', [bad]: 'x' } },
    ]) {
      expect(SubmitMessage.safeParse({ ...input, ...wrong }).success).toBe(false)
    }
  }
  expect(SubmitMessage.safeParse({ ...input, reference: 'fine 😀' }).success).toBe(true)
})

test('fifty identical calls at once under one Idempotency-Key make one message', async ({ stage }) => {
  const given = await stage.ready()
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => stage.send(given.asApp, {}, { idempotencyKey: 'order-17' })),
  )
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
  expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
  expect(await countOf(stage, given)).toBe(1)
  expect(await stage.deliver()).toBe(1)
})

test('processes that repeat each other’s calls in another order all get the first answers', async ({ stage }) => {
  const given = await stage.ready()
  const processes = [submitter(stage.lent), submitter(stage.lent), submitter(stage.lent)]
  const keys = Array.from({ length: 150 }, (_, n) => `order-${n}`)
  for (let round = 0; round < 5; round++) {
    const answers = await Promise.all(
      processes.map((submit, n) => {
        const ordered = n === 1 ? [...keys].reverse() : keys
        const input = SubmitMessage.parse({
          ...{ channel: 'email', scenario: 'login', to: `r${round}@example.com`, variables: { code: '1' } },
        })
        return Promise.all(ordered.map((key) => submit(given.asApp, input, { idempotencyKey: `${round} ${key}` })))
      }),
    )
    expect(new Set(answers.flat().map(({ id }) => id)).size).toBe(keys.length)
  }
  expect(await countOf(stage, given)).toBe(5 * keys.length)
})

test('a repeat gets the first answer, also after the message was sent', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const first = await stage.send(asApp, {}, { idempotencyKey: 'k' })
  await stage.deliver()
  stage.clock.forward({ minutes: 60 })
  expect(await stage.send(asApp, {}, { idempotencyKey: 'k' })).toEqual({ ...first, repeated: true })
})

test('the same key with another body is a conflict, whichever part differs', async ({ stage }) => {
  const given = await stage.ready()
  const options = { idempotencyKey: 'k' }
  await stage.send(given.asApp, { reference: 'a' }, options)
  const others: Parameters<typeof stage.send>[1][] = [
    { reference: 'b' },
    {},
    { reference: 'a', to: 'bob@example.com' },
    { reference: 'a', variables: { code: '493818' } },
    { reference: 'a', variables: { code: '493817', account: 'x' } },
  ]
  for (const other of others) {
    await expect(stage.send(given.asApp, other, options)).rejects.toMatchObject({ code: 'idempotency_conflict' })
  }
  expect(await countOf(stage, given)).toBe(1)
})

test('variables in another order are the same body', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const options = { idempotencyKey: 'k' }
  const first = await stage.send(asApp, { variables: { code: '1', account: 'a' } }, options)
  expect((await stage.send(asApp, { variables: { account: 'a', code: '1' } }, options)).id).toBe(first.id)
})

test('two Apps may use the same Idempotency-Key', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  const other = await stage.key(owner, (await stage.app(owner)).id)
  const one = await stage.send(asApp, {}, { idempotencyKey: 'k' })
  const two = await stage.send(other.asApp, {}, { idempotencyKey: 'k' })
  expect(two).toMatchObject({ repeated: false })
  expect(two.id).not.toBe(one.id)
})

test('an Idempotency-Key stands for 24 hours and may be used anew after that', async ({ stage }) => {
  const given = await stage.ready()
  const options = { idempotencyKey: 'k' }
  const first = await stage.send(given.asApp, {}, options)
  stage.clock.forward({ days: 1 })
  expect((await stage.send(given.asApp, {}, options)).id).toBe(first.id)
  stage.clock.forward({ ms: 1 })
  const answers = await Promise.all([1, 2, 3].map(() => stage.send(given.asApp, { to: 'bob@example.com' }, options)))
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
  expect(answers[0]?.id).not.toBe(first.id)
  expect(await countOf(stage, given)).toBe(2)
})

test('a repeat is answered like the first even when template and account are gone since', async ({ stage }) => {
  const { owner, accountId, asApp } = await stage.ready()
  const options = { idempotencyKey: 'k' }
  const first = await stage.send(asApp, {}, options)
  await resetTemplate(owner, { channel: 'email', scenario: 'login', appId: null })
  await removeAccount(owner, accountId)
  expect(await stage.send(asApp, {}, options)).toEqual({ ...first, repeated: true })
  await expect(stage.send(asApp)).rejects.toMatchObject({ code: 'channel_not_configured' })
})

test('a key that may not use the channel is not told the answer another key got', async ({ stage }) => {
  const { owner, app, asApp } = await stage.ready()
  const options = { idempotencyKey: 'k' }
  await stage.send(asApp, {}, options)
  const texts = await stage.key(owner, app.id, { channels: ['sms'] })
  await expect(stage.send(texts.asApp, {}, options)).rejects.toMatchObject({ code: 'forbidden' })
})

const code = 'q7Zk-93Vw'

for (const [ending, answer] of [
  ['sent', undefined],
  ['failed', refusal('reject')],
  ['expired', 'late'],
] as const) {
  test(`a code is sealed while its message is queued and nowhere once it is ${ending}`, async ({ stage }) => {
    const { asApp } = await stage.ready()
    const { id } = await stage.send(asApp, { variables: { code } }, { idempotencyKey: 'k' })
    expect(await stage.dump()).not.toContain(code)
    expect((await stage.stored(id)).sealedVariables).toMatch(/^1\./)
    if (answer === 'late') stage.clock.forward({ minutes: 11 })
    else if (answer) stage.provider.failNext(answer)
    await stage.deliver()
    expect(await stage.stored(id)).toMatchObject({ status: ending, sealedVariables: null })
    expect(JSON.stringify(stage.provider.calls).includes(code)).toBe(answer !== 'late')
    expect(await stage.dump()).not.toContain(code)
    expect(JSON.stringify(stage.log)).not.toContain(code)
  })
}

test('a code stays sealed while its message waits for the next attempt', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.send(asApp, { variables: { code } })
  stage.provider.failNext(refusal('retry'))
  await stage.deliver()
  expect((await stage.stored(id)).sealedVariables).toMatch(/^1\./)
  expect(await stage.dump()).not.toContain(code)
})

test('what is kept to tell a repeat from another body cannot be made without the master key', async ({
  stage,
  world,
}) => {
  const other = new Stage(world)
  other.keys[0] = masterKey(9)
  const hashes = await Promise.all(
    [stage, other].map(async (one) => {
      const { app, asApp } = await one.ready()
      await one.send(asApp, {}, { idempotencyKey: 'k' })
      const kept = await one.db.select().from(messageKey).where(eq(messageKey.appId, app.id))
      return kept[0]?.bodyHash
    }),
  )
  expect(hashes[0]).toBeTruthy()
  expect(hashes[0]).not.toBe(hashes[1])
})

test('the key of a message that is erased is free, and a key ends two days after its message at the latest', async ({
  stage,
}) => {
  stage.areMessagesGone = true
  const { owner, app, asApp } = await stage.ready()
  const keysLeft = () => stage.db.$count(messageKey, eq(messageKey.appId, app.id))
  const first = await stage.send(asApp, {}, { idempotencyKey: 'k' })
  await eraseRecipient(owner, { recipient: first.to })
  expect(await keysLeft()).toBe(0)
  expect(await stage.send(asApp, {}, { idempotencyKey: 'k' })).toMatchObject({ repeated: false })
  await forgetOld(stage.lent)
  expect(await keysLeft()).toBe(1)
  stage.clock.forward({ days: 3 })
  await forgetOld(stage.lent)
  expect(await keysLeft()).toBe(0)
})
