/** What may have gone out and may not go out again does not, whatever else has changed when its job comes back. */
import { sql } from 'drizzle-orm'
import { removeAccount } from '#domain/accounts/accounts.ts'
import { releaseWaiting } from '#domain/sending/deliver/upkeep.ts'
import { refreshAccount } from '#domain/templates/approvals.ts'
import { resetTemplate } from '#domain/templates/resetting.ts'
import { expect, type Stage, test } from '../support/make.ts'
import { sendText, sendTextAlarm, texting } from '../support/texting.ts'

/** Hands a text over to a worker that is never heard of again; what another one is given afterwards. */
async function lose(stage: Stage) {
  stage.texts.onSend = () => new Promise(() => undefined)
  const jobs = await stage.takeDue()
  void stage.newWorker()(jobs)
  await expect.poll(() => stage.texts.calls.length).toBe(1)
  stage.texts.onSend = () => undefined
  return jobs
}

type Given = Awaited<ReturnType<typeof texting>>

for (const [what, change] of [
  ['nothing', async () => undefined],
  ['the account is gone', (_: Stage, { owner, accountId }: Given) => removeAccount(owner, accountId)],
  [
    'another account is in force',
    (stage: Stage, { owner }: Given) => stage.account(owner, { channel: 'sms', username: 'second', validated: true }),
  ],
  [
    'the template is gone',
    (_: Stage, { owner, accountId }: Given) =>
      resetTemplate(owner, { channel: 'sms', scenario: 'login', appId: null, accountId }),
  ],
  [
    'the template has lost its approval',
    async (stage: Stage, { org, accountId }: Given) => {
      stage.texts.lists.signatures = []
      await refreshAccount(stage.system, org.id, accountId)
    },
  ],
  ['the code has expired', async (stage: Stage) => stage.clock.forward({ minutes: 11 })],
  [
    'the account fails',
    async (stage: Stage) => void (await stage.db.execute(sql`update account set failing_since = now()`)),
  ],
  ['the key is not at hand', async (stage: Stage) => void stage.keys.splice(0, 1)],
] as const) {
  test(`a text of a lost worker stays of unknown outcome and is not sent again, whatever has changed: ${what}`, async ({
    stage,
  }) => {
    const given = await texting(stage)
    const id = await sendText(stage, given.asApp)
    const jobs = await lose(stage)
    const keys = [...stage.keys]
    await change(stage, given)
    await Promise.all(stage.newWorker()(jobs))
    expect(await stage.stored(id)).toMatchObject({ status: 'unknown', problem: true, errorCode: 'worker_lost' })
    stage.keys.splice(0, stage.keys.length, ...keys)
    stage.clock.forward({ minutes: 1 })
    await releaseWaiting(stage.system)
    await stage.deliver()
    expect(stage.texts.calls).toHaveLength(1)
  })
}

test('a worker that is being stopped does not send again what another one has lost', async ({ stage }) => {
  const { asApp } = await texting(stage)
  const id = await sendTextAlarm(stage, asApp)
  const jobs = await lose(stage)
  await Promise.all(stage.newWorker({ stopping: AbortSignal.abort() })(jobs))
  expect(await stage.stored(id)).toMatchObject({ status: 'unknown', errorCode: 'worker_lost' })
})

test('a lost text is asked about at the account that was in force then and still is', async ({ stage }) => {
  const { asApp, accountId } = await texting(stage)
  const id = await sendTextAlarm(stage, asApp)
  const jobs = await lose(stage)
  await Promise.all(stage.newWorker()(jobs))
  const { settleAt, accountId: asked } = await stage.stored(id)
  expect([settleAt?.getTime(), asked]).toEqual([stage.clock.now().getTime() + 60_000, accountId])
})

test('a lost text is asked about at the account that had it, whichever has come into force since', async ({
  stage,
}) => {
  const { asApp, owner, accountId } = await texting(stage)
  const id = await sendTextAlarm(stage, asApp)
  const jobs = await lose(stage)
  await stage.account(owner, { channel: 'sms', username: 'second', validated: true })
  await Promise.all(stage.newWorker()(jobs))
  const { settleAt, accountId: asked, status } = await stage.stored(id)
  expect([status, settleAt?.getTime(), asked]).toEqual(['unknown', stage.clock.now().getTime() + 60_000, accountId])
})

test('what was taken in hand and could not be looked up was not sent, and is tried again', async ({ stage }) => {
  const { asApp } = await texting(stage)
  const id = await sendTextAlarm(stage, asApp)
  await stage.db.execute(sql`alter table template_version rename to away`)
  await stage.deliver(stage.newWorker())
  await stage.db.execute(sql`alter table away rename to template_version`)
  expect(await stage.stored(id)).toMatchObject({ status: 'queued', waiting: false, errorCode: 'internal' })
  stage.clock.forward({ seconds: 7 })
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent', attempt: 2 })
})
