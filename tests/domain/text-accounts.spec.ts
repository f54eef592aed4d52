/** Accounts that templates belong to: switched while messages are under way, and validated all at once. */
import { and, eq } from 'drizzle-orm'
import { account, message } from '#db/schema/index.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import { releaseWaiting } from '#domain/sending/deliver/upkeep.ts'
import { putInForce } from '../support/ending.ts'
import { choiceOf, texts } from '../support/fake-carrier.ts'
import { endOf, expect, type Stage, test } from '../support/make.ts'
import { sendTextAlarm, texting } from '../support/texting.ts'

const place = { channel: 'sms', scenario: 'device_alarm' } as const
const alarmOf = (signature: string) => ({ mainland: choiceOf(texts.alarm, signature), international: null })
const signed: Record<string, string> = { first: 'Acme', second: 'Beta' }

/** Puts another account in force as soon as so many texts have gone out, while the others are under way. */
function switchAfter(stage: Stage, count: number, validate: () => Promise<unknown>) {
  const switched: Promise<unknown>[] = []
  stage.texts.onSend = async () => {
    if (stage.texts.calls.length === count) switched.push(validate())
    await Promise.all(switched)
    return undefined
  }
  return switched
}

for (const [what, hasTemplate] of [
  ['each from the account and the template that belong together', true],
  ['the rest of them once the other account has a template', false],
] as const) {
  test(`an account switched while 200 texts are queued: every one goes out once, ${what}`, async ({ stage }) => {
    const { owner, app, asApp } = await texting(stage)
    const second = await stage.account(owner, { channel: 'sms', username: 'second' })
    const saveTemplate = () => stage.template(owner, { ...place, content: alarmOf('Beta'), accountId: second })
    if (hasTemplate) await saveTemplate()
    const to = (n: number) => `+86138${String(n).padStart(8, '0')}`
    await Promise.all(Array.from({ length: 200 }, (_, n) => sendTextAlarm(stage, asApp, to(n))))
    const switched = switchAfter(stage, 60, () => putInForce(owner, second))
    const jobs = await stage.takeDue()
    for (let start = 0; start < jobs.length; start += 50) {
      await Promise.all(stage.newWorker()(jobs.slice(start, start + 50)))
    }
    expect(switched).toHaveLength(1)
    const sent = () => stage.db.$count(message, and(eq(message.appId, app.id), eq(message.status, 'sent')))
    if (!hasTemplate) {
      expect(await sent()).toBe(100)
      stage.clock.forward({ minutes: 1 })
      await saveTemplate()
      await Promise.all([releaseWaiting(stage.system), releaseWaiting(stage.system)])
      await Promise.all([stage.deliver(), stage.deliver(stage.newWorker())])
    }
    expect(await sent()).toBe(200)
    const { calls } = stage.texts
    expect(new Set(calls.map(({ reference }) => reference)).size).toBe(200)
    expect(calls).toHaveLength(200)
    for (const { config, message: text } of calls) expect(text).toMatchObject({ signName: signed[config.username] })
    expect(calls.filter(({ config }) => config.username === 'second').length).toBe(100)
  })
}

test('300 validations of the SMS channel at once leave one account in force, and none fails', async ({ stage }) => {
  const { owner, org } = await texting(stage)
  const names = Array.from({ length: 5 }, (_, n) => `Texts ${n}`)
  const ids = await Promise.all(names.map((name) => stage.account(owner, { channel: 'sms', name })))
  const outcomes = await Promise.all(
    Array.from({ length: 300 }, (_, n) => endOf(validateAccount(owner, { id: ids[n % ids.length] ?? '' }))),
  )
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(300)
  const inForce = and(eq(account.organizationId, org.id), eq(account.channel, 'sms'), eq(account.validated, true))
  expect(await stage.db.$count(account, inForce)).toBe(1)
})
