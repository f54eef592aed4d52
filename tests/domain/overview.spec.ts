/** The first page: what is done, what is missing, what needs a person, and the last day. */
import { removeAccount } from '#domain/accounts/accounts.ts'
import { revokeKey } from '#domain/apps/apps.ts'
import { type Bar, lastDays } from '#domain/overview/counts.ts'
import { overview } from '#domain/overview/overview.ts'
import { refusal } from '../support/fake-provider.ts'
import { expect, test } from '../support/make.ts'
import { blockedFor, phones, spoken } from '../support/phones.ts'
import { failure, push, sendTextAlarm, texting } from '../support/texting.ts'

test('an empty organization has every step before it', async ({ stage }) => {
  const org = await stage.organization()
  const { done, channels } = await overview(org.as('viewer'))
  expect(Object.values(done)).toEqual([false, false, false, false, false])
  expect(channels).toMatchObject([
    { channel: 'email', state: 'missing' },
    { channel: 'sms', state: 'missing' },
    { channel: 'voice', state: 'missing' },
  ])
})

test('steps are done one after the other', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  const all = { account: true, template: true, app: true, key: true }
  expect((await overview(owner)).done).toEqual({ ...all, message: false })
  await stage.send(asApp)
  expect((await overview(owner)).done).toEqual({ ...all, message: true })
})

test('the last day is counted by how messages ended, and what waits is counted however old', async ({ stage }) => {
  const { owner, accountId, asApp } = await stage.ready()
  await Promise.all(['a', 'b', 'nobody'].map((name) => stage.sendAlarm(asApp, { to: `${name}@example.com` })))
  stage.provider.onSend = ({ to }) => {
    if (to.startsWith('nobody')) throw refusal('reject')
    return undefined
  }
  await stage.deliver()
  await stage.sendAlarm(asApp)
  expect((await overview(owner)).channels[0]).toMatchObject({
    state: 'validated',
    sent: 2,
    failed: 1,
    open: 1,
    waiting: 0,
  })
  await removeAccount(owner, accountId)
  await stage.deliver()
  stage.clock.forward({ days: 2 })
  expect((await overview(owner)).channels[0]).toMatchObject({
    state: 'missing',
    sent: 0,
    failed: 0,
    open: 0,
    waiting: 1,
  })
})

/** What became of messages, bar by bar. */
const numbersOf = (bars: readonly Bar[] | undefined) => bars?.map(({ sent, open, failed }) => ({ sent, open, failed }))

test('the last day is told hour by hour, for each channel and for all together', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  stage.clock.forward({ minutes: 75 - stage.clock.now().getMinutes() })
  await stage.sendAlarm(asApp)
  await stage.deliver()
  stage.clock.forward({ minutes: 150 })
  await stage.sendAlarm(asApp, { to: 'b@example.com' })
  await stage.sendAlarm(asApp, { to: 'c@example.com' })
  const { channels, bars } = await overview(owner)
  const nothing = { sent: 0, failed: 0, open: 0 }
  const expected = Array.from({ length: 24 }, () => nothing)
  expected[21] = { ...nothing, sent: 1 }
  expected[23] = { ...nothing, open: 2 }
  expect(numbersOf(bars)).toEqual(expected)
  expect(numbersOf(channels.find(({ channel }) => channel === 'email')?.bars)).toEqual(expected)
  expect(channels.find(({ channel }) => channel === 'sms')?.bars).toEqual([])
  stage.clock.forward({ minutes: 60 * 20 })
  expect((await overview(owner)).bars[3]).toMatchObject({ ...nothing, open: 2 })
  stage.clock.forward({ minutes: 240 })
  expect((await overview(owner)).bars.some(({ sent, open }) => sent + open > 0)).toBe(false)
})

test('thirty days are told by the days of the reader’s time zone, and what failed in the last day apart', async ({
  stage,
}) => {
  const { owner, accountId, asApp } = await texting(stage)
  // A quarter past eleven in the evening in Shanghai, and an hour later.
  const sinceMidnight = stage.clock.now().getTime() % 86_400_000
  stage.clock.forward({ ms: 86_400_000 - sinceMidnight + 15.25 * 3_600_000 })
  const reference = await sendTextAlarm(stage, asApp)
  stage.clock.forward({ minutes: 60 })
  await sendTextAlarm(stage, asApp)
  await stage.deliver()
  stage.clock.forward({ days: 2 })
  await push(stage, accountId, [failure({ reference })])
  const inShanghai = await overview(owner, { period: '30d', zone: 'Asia/Shanghai' })
  const sms = inShanghai.channels.find(({ channel }) => channel === 'sms')
  expect(sms).toMatchObject({ sent: 1, failed: 1, segments: 1, failedLastDay: 0 })
  expect(numbersOf(sms?.bars)).toEqual(numbersOf(inShanghai.bars))
  expect(inShanghai.bars).toHaveLength(30)
  expect(numbersOf(inShanghai.bars.slice(-4))).toEqual([
    { sent: 0, open: 0, failed: 1 },
    { sent: 1, open: 0, failed: 0 },
    { sent: 0, open: 0, failed: 0 },
    { sent: 0, open: 0, failed: 0 },
  ])
  const { bars } = await overview(owner, { period: '30d', zone: 'UTC' })
  expect(numbersOf(bars.slice(-3))?.[0]).toEqual({ sent: 1, open: 0, failed: 1 })
  stage.clock.forward({ days: 27 })
  expect((await overview(owner, { period: '30d', zone: 'Asia/Shanghai' })).bars).toMatchObject([
    { sent: 1, failed: 0 },
    ...Array.from({ length: 29 }, () => ({ sent: 0 })),
  ])
})

for (const zone of ['UTC', 'Asia/Kolkata', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia']) {
  test(`days follow each other without a gap, up to the present hour: ${zone}`, () => {
    // Clocks were turned within these days in some of them.
    const now = new Date('2026-11-12T10:20:00Z')
    const days = lastDays(now, zone, 30)
    expect(days).toHaveLength(30)
    expect(days.slice(1).map(({ since }) => since)).toEqual(days.slice(0, -1).map(({ until }) => until))
    expect(days.at(-1)?.until).toEqual(new Date('2026-11-12T11:00:00Z'))
    const lengths = days.slice(0, -1).map(({ since, until }) => (until.getTime() - since.getTime()) / 3_600_000)
    expect(lengths.every((hours) => hours >= 23 && hours <= 25)).toBe(true)
  })
}

test('keys that end within two weeks are named, the first to end first, without those that have ended', async ({
  stage,
}) => {
  const { owner, app } = await stage.ready()
  for (const [name, expiresInDays] of [
    ['late', 30],
    ['second', 13],
    ['first', 3],
    ['over', 1],
    ['revoked', 5],
  ] as const) {
    const { id } = await stage.key(owner, app.id, { name, expiresInDays })
    if (name === 'revoked') await revokeKey(owner, id)
  }
  stage.clock.forward({ days: 1, ms: 1 })
  expect((await overview(owner)).endingKeys.map(({ name }) => name)).toEqual(['first', 'second'])
})

test('an author learns that an account fails and not why', async ({ stage }) => {
  const { org, asApp } = await stage.ready()
  await stage.sendAlarm(asApp)
  stage.provider.failNext(refusal('misconfigured', '535', 'Wrong password'))
  await stage.deliver()
  expect((await overview(org.as('admin'))).channels[0]).toMatchObject({ state: 'failing', failing: [{ code: '535' }] })
  expect((await overview(org.as('author'))).channels[0]).toMatchObject({ state: 'failing', failing: [{ code: null }] })
})

test('templates that cannot be used are named, those of the validated accounts only, and what was never written is not', async ({
  stage,
}) => {
  const { owner, account, template } = await phones(stage)
  const old = await account('sms', 'Old')
  const accountId = await account('sms', 'New')
  const voiceId = await account('voice', 'Calls')
  const app = await stage.app(owner, { name: 'Shop' })
  const gone = blockedFor('mainland', 'signature_gone')
  await template({ accountId: old }, gone)
  await template({ accountId }, blockedFor('international', 'no_international_template'))
  await template({ accountId, scenario: 'registration' })
  expect((await overview(owner)).blocked).toEqual({ templates: [], count: 0 })

  await template({ accountId, appId: app.id }, { ...blockedFor('international', 'no_international_template'), ...gone })
  stage.clock.forward({ seconds: 1 })
  await template(
    { channel: 'voice', accountId: voiceId, content: spoken },
    { all: { blocked: 'not_proven', detail: '', remarks: [] } },
  )
  expect((await overview(owner)).blocked).toEqual({
    templates: [
      { channel: 'voice', scenario: 'login', app: null, reason: 'not_proven' },
      { channel: 'sms', scenario: 'login', app: { key: app.key, name: 'Shop' }, reason: 'signature_gone' },
    ],
    count: 2,
  })
})

test('a template that lost its use when another account came into force is named, where nothing stands in for it', async ({
  stage,
}) => {
  const { owner, account, template } = await phones(stage)
  const app = await stage.app(owner, { name: 'Shop' })
  const old = await account('sms', 'Old')
  const accountId = await account('sms', 'New')
  expect((await overview(owner)).blocked.count).toBe(0)
  await template({ accountId: old })
  await template({ accountId: old, scenario: 'registration' })
  await template({ accountId: old, appId: app.id })
  await template({ accountId: old, appId: app.id, scenario: 'registration', fallBack: true })
  await template({ accountId })
  const { templates, count } = (await overview(owner)).blocked
  expect(count).toBe(2)
  expect(templates).toEqual(
    expect.arrayContaining([
      { channel: 'sms', scenario: 'registration', app: null, reason: 'other_account' },
      { channel: 'sms', scenario: 'login', app: { key: app.key, name: 'Shop' }, reason: 'other_account' },
    ]),
  )
})

test('at most five such templates are named, and all of them are counted', async ({ stage }) => {
  const { owner, account, template } = await phones(stage)
  const accountId = await account('sms', 'Main')
  const both = { ...blockedFor('mainland', 'template_gone'), ...blockedFor('international', 'template_gone') }
  for (let n = 0; n < 7; n++) await template({ accountId, appId: (await stage.app(owner)).id }, both)
  const { templates, count } = (await overview(owner)).blocked
  expect([templates.length, count]).toEqual([5, 7])
})
