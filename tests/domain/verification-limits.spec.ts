/** How many codes may go out: counted together, exactly, and only for what is sent. */
import fc from 'fast-check'
import { roles } from '#db/schema/index.ts'
import { changeCodeSettings, codeSettings } from '#domain/verifications/code-settings.ts'
import { nextAt } from '#domain/verifications/sending-limits.ts'
import { expect, type Stage, test } from '../support/make.ts'
import { mobile, texting } from '../support/texting.ts'
import { arrived, start, started, withSettings } from '../support/verifying.ts'

/** Moves the clock to the first moment of an hour, where counters begin anew. */
function toFullHour(stage: Stage) {
  stage.clock.forward({ ms: 3_600_000 - (stage.clock.now().getTime() % 3_600_000) })
}

const refusal = (reason: string) => ({ code: 'rate_limited', data: { reason } })

test('a recipient gets one code a minute, and the refusal says when the next may go', async ({ stage }) => {
  const { asApp } = await stage.ready()
  await started(asApp)
  stage.clock.forward({ seconds: 41 })
  await expect(start(asApp)).rejects.toMatchObject({ data: { reason: 'recipient', retryAfter: 19 } })
  stage.clock.forward({ seconds: 19 })
  await started(asApp)
})

test('a recipient gets five codes in any hour and ten in any day', async ({ stage }) => {
  const { asApp } = await stage.ready()
  for (let n = 0; n < 5; n++) {
    await started(asApp)
    stage.clock.forward({ minutes: 11 })
  }
  await expect(start(asApp)).rejects.toMatchObject({ data: { reason: 'recipient', retryAfter: 300 } })
  stage.clock.forward({ minutes: 60 })
  for (let n = 0; n < 5; n++) {
    await started(asApp)
    stage.clock.forward({ minutes: 15 })
  }
  await expect(start(asApp)).rejects.toMatchObject(refusal('recipient'))
  stage.clock.forward({ minutes: 24 * 60 })
  await started(asApp)
})

test('whenever codes go to a recipient as soon as they may, no span of time has more than its limit', () => {
  const minute = 60_000
  const spans = [
    { most: 1, ms: minute },
    { most: 5, ms: 60 * minute },
    { most: 10, ms: 1440 * minute },
  ]
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 90 * minute }), { minLength: 1, maxLength: 40 }), (rests) => {
      const sent: Date[] = []
      let now = Date.UTC(2026, 0, 1)
      for (const rest of rests) {
        now = Math.max(now + rest, nextAt(sent).getTime())
        sent.unshift(new Date(now))
      }
      return spans.every(({ most, ms }) =>
        sent.every((at, index) => {
          const earlier = sent[index + most]
          return !earlier || at.getTime() - earlier.getTime() >= ms
        }),
      )
    }),
  )
})

test('of twenty calls at once for one recipient one sends', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const calls = await Promise.allSettled(Array.from({ length: 20 }, () => start(asApp)))
  expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await arrived(stage)).toHaveLength(1)
})

test('the Apps of an organization share what a recipient gets; other organizations do not', async ({ stage }) => {
  const { asApp, owner } = await stage.ready()
  const { asApp: another } = await stage.key(owner, (await stage.app(owner)).id)
  const { asApp: elsewhere } = await stage.ready('Other')
  await started(asApp)
  await expect(start(another)).rejects.toMatchObject(refusal('recipient'))
  await started(elsewhere)
})

test('an App sends as many codes an hour as it is set to, at once too, and what is refused counts nothing', async ({
  stage,
}) => {
  const { asApp, owner, app } = await stage.ready()
  await withSettings(owner, app.id, { codesPerHour: 5 })
  toFullHour(stage)
  await started(asApp, { to: 'p0@example.com' })
  for (let n = 0; n < 6; n++) await start(asApp, { to: 'p0@example.com' }).catch(() => undefined)
  const calls = await Promise.allSettled(
    Array.from({ length: 12 }, (_, n) => start(asApp, { to: `p${n + 1}@example.com` })),
  )
  expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
  const refused = calls.find((one) => one.status === 'rejected')
  expect(refused).toMatchObject({ reason: { data: { reason: 'app', retryAfter: 3600 } } })
  stage.clock.forward({ minutes: 60 })
  await started(asApp, { to: 'p20@example.com' })
})

test('an address on the internet asks for so many codes an hour; a network of IPv6 counts as one, and IPv4 within IPv6 as itself', async ({
  stage,
}) => {
  const { asApp, owner, app } = await stage.ready()
  await withSettings(owner, app.id, { codesPerIpHour: 2 })
  toFullHour(stage)
  let n = 0
  const from = (ip?: string) => start(asApp, { to: `p${n++}@example.com`, ...(ip ? { client_ip: ip } : {}) })
  for (const ip of ['203.0.113.7', '203.0.113.7', '2001:db8:0:7::1', '2001:0DB8::7:0:0:0:2']) await from(ip)
  for (const ip of ['203.0.113.7', '2001:db8::7:aaaa:bbbb:cccc:dddd']) {
    await expect(from(ip)).rejects.toMatchObject(refusal('client_ip'))
  }
  await expect(from('::ffff:203.0.113.7')).rejects.toMatchObject(refusal('client_ip'))
  await from('::ffff:203.0.113.8')
  await from('203.0.113.8')
  await from('203.0.113.9')
  await from('2001:db8:0:8::1')
  await from()
})

test('codes go to the countries of the App, and to each no more than it is set to', async ({ stage }) => {
  const { asApp, owner, app } = await texting(stage)
  const to = (number: string) => start(asApp, { channel: 'sms', to: number })
  const refused = { code: 'recipient_invalid', data: { fields: [{ path: 'to', code: 'country_not_allowed' }] } }
  toFullHour(stage)
  await withSettings(owner, app.id, { codesPerCountryHour: 1 })
  await to(mobile)
  await expect(to('+8613800138001')).rejects.toMatchObject(refusal('country'))
  await withSettings(owner, app.id, { codeCountries: ['852'] })
  await expect(to('+8613800138002')).rejects.toMatchObject(refused)
})

test('whoever manages Apps decides about their codes, others see it, and other organizations do not', async ({
  stage,
}) => {
  const { org, owner, app } = await stage.ready()
  const other = await stage.organization('Other')
  const before = await codeSettings(owner, app.id)
  expect(before).toEqual({
    ...{ codeLength: 6, codeCountries: ['86'], codesPerHour: 2000, codesPerCountryHour: 1000, codesPerIpHour: 30 },
  })
  for (const role of roles) {
    const change = changeCodeSettings(org.as(role), { ...before, appId: app.id })
    if (role === 'owner' || role === 'admin') await change
    else await expect(change).rejects.toMatchObject({ code: 'forbidden' })
    expect(await codeSettings(org.as(role), app.id)).toEqual(before)
  }
  await expect(codeSettings(other.as('owner'), app.id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(changeCodeSettings(other.as('owner'), { ...before, appId: app.id })).rejects.toMatchObject({
    code: 'not_found',
  })
})
