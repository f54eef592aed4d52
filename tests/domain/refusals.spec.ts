/** A signature or template that is refused at a send: its provider is asked before anything stops, and what stopped comes back. */
import { eq } from 'drizzle-orm'
import { SendError } from '#channels/contract.ts'
import { account, message, template } from '#db/schema/index.ts'
import { releaseWaiting } from '#domain/sending/deliver/upkeep.ts'
import { refreshAccount } from '#domain/templates/approvals.ts'
import { coverage } from '#domain/templates/coverage.ts'
import { outOfReach } from '../support/fake-carrier.ts'
import { expect, type Stage, test } from '../support/make.ts'
import { sendTextAlarm, texting } from '../support/texting.ts'

test.beforeEach(async ({ stage }) => {
  await stage.db.delete(template)
  await stage.db.update(message).set({ waiting: false })
})

const code = 'isv.SMS_SIGNATURE_ILLEGAL'
const refuse = () => {
  throw new SendError('misconfigured', code, '签名不合法', undefined, 'approval')
}
const rejectSignature = ({ texts: { lists } }: Stage) =>
  void lists.signatures.splice(0, 1, { ...(lists.signatures[0] as (typeof lists.signatures)[0]), state: 'rejected' })

async function ready(stage: Stage) {
  const made = await texting(stage)
  const blocked = async () => {
    const { cells } = await coverage(made.owner, { appId: made.app.id })
    const cell = cells.find(({ scenario, channel, audience }) =>
      [scenario, channel, audience].every((part, at) => part === ['device_alarm', 'sms', 'mainland'][at]),
    )
    return cell?.blocked?.reason ?? null
  }
  const goOn = async () => {
    stage.texts.onSend = () => undefined
    await releaseWaiting(stage.system)
    return stage.deliver()
  }
  return { ...made, blocked, goOn }
}

test('one refusal that the provider’s lists contradict stops nothing, and the message is tried again', async ({
  stage,
}) => {
  const { asApp, blocked, accountId, goOn } = await ready(stage)
  const id = await sendTextAlarm(stage, asApp)
  stage.texts.onSend = refuse
  await stage.deliver()
  expect(await blocked()).toBeNull()
  expect(await stage.stored(id)).toMatchObject({ status: 'queued', waiting: false, errorCode: code })
  const [row] = await stage.db.select().from(account).where(eq(account.id, accountId))
  expect(row?.failingSince).toBeNull()
  stage.clock.forward({ minutes: 1 })
  expect(await goOn()).toBe(1)
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
})

test('many refusals at once ask the provider once', async ({ stage }) => {
  const { asApp } = await ready(stage)
  for (let count = 0; count < 20; count++) await sendTextAlarm(stage, asApp)
  const before = stage.texts.listed.length
  stage.texts.onSend = refuse
  await stage.deliver()
  expect(stage.texts.calls).toHaveLength(20)
  expect(stage.texts.listed.length - before).toBe(1)
})

test('a refusal that the lists confirm stops the template with their reason, until they say approved', async ({
  stage,
}) => {
  const { asApp, blocked, org, accountId, goOn } = await ready(stage)
  const id = await sendTextAlarm(stage, asApp)
  const lists = structuredClone(stage.texts.lists)
  rejectSignature(stage)
  stage.texts.onSend = refuse
  await stage.deliver()
  expect(await blocked()).toBe('signature_rejected')
  expect(await stage.stored(id)).toMatchObject({ status: 'queued', waiting: true, waitsFor: 'template' })
  stage.texts.lists = lists
  stage.clock.forward({ minutes: 10 })
  await refreshAccount(stage.system, org.id, accountId)
  expect(await blocked()).toBeNull()
  expect(await goOn()).toBe(1)
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
})

test('a refusal that the provider could not be asked about stops the template until the lists say approved', async ({
  stage,
}) => {
  const { asApp, blocked, org, accountId, goOn } = await ready(stage)
  const id = await sendTextAlarm(stage, asApp)
  stage.texts.onSend = refuse
  stage.texts.onList = () => {
    throw outOfReach()
  }
  await stage.deliver()
  expect(await blocked()).toBe('refused_unconfirmed')
  expect(await stage.stored(id)).toMatchObject({ waiting: true, waitsFor: 'template' })
  stage.texts.onList = () => undefined
  stage.clock.forward({ minutes: 10 })
  await refreshAccount(stage.system, org.id, accountId)
  expect(await blocked()).toBeNull()
  expect(await goOn()).toBe(1)
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
})
