/** The first page where messages go out by push rules: its steps, and what of accounts and rules needs a person. */
import { eq, sql } from 'drizzle-orm'
import { account, pushRule } from '#db/schema/index.ts'
import { removeOfficialAccount } from '#domain/accounts/official-accounts.ts'
import { revokeKey } from '#domain/apps/apps.ts'
import { overview } from '#domain/overview/overview.ts'
import { setPushRuleEnabled } from '#domain/push-rules/push-rules.ts'
import { ann, cardContent, expect, test } from '../support/push-stage.ts'

const alarm = { device_name: 'Pump 3', alarm_content: 'Too hot' }

test('the steps are done with an official account alone, and only by what can be sent', async ({ push, stage }) => {
  const org = await stage.organization()
  const owner = org.as('owner')
  const steps = async () =>
    Object.entries((await overview(owner)).done)
      .filter(([, isDone]) => isDone)
      .map(([step]) => step)
  await stage.template(owner)
  expect(await steps()).toEqual(['template'])
  const accountId = await push.account(owner)
  // The template is of a channel without an account: nothing can be sent by it.
  expect(await steps()).toEqual(['account'])
  const app = await stage.app(owner)
  const { id } = await push.rule(owner, { appId: app.id, accountId })
  expect(await steps()).toEqual(['account', 'template', 'app'])
  await setPushRuleEnabled(owner, { id, enabled: false })
  expect(await steps()).toEqual(['account', 'app'])
  await setPushRuleEnabled(owner, { id, enabled: true })
  const revoked = await stage.key(owner, app.id)
  await revokeKey(owner, revoked.id)
  expect(await steps()).toEqual(['account', 'template', 'app'])
  const { asApp } = await stage.key(owner, app.id)
  await push.tell(asApp, { variables: alarm, recipients: [{ openid: ann }] })
  expect(await steps()).toEqual(['account', 'template', 'app', 'key', 'message'])
})

test('every official account that fails is named, each with its cause', async ({ push, stage }) => {
  const { owner, officialId } = await push.ready()
  const second = await push.account(owner, { name: 'Second' })
  await push.account(owner, { name: 'Third' })
  const of = async () => (await overview(owner)).channels.find(({ channel }) => channel === 'official_account')
  expect(await of()).toMatchObject({ state: 'validated', others: 2, failing: [] })
  for (const [id, failingCode] of [
    [officialId, '40164'],
    [second, '48001'],
  ] as const) {
    await stage.db.update(account).set({ failingSince: sql`now()`, failingCode }).where(eq(account.id, id))
  }
  expect(await of()).toMatchObject({
    state: 'failing',
    failing: [{ code: '40164' }, { account: 'Second', code: '48001' }],
  })
})

test('rules that are invalid are named with the reason, at most five of them, and all are counted', async ({
  push,
  stage,
}) => {
  const { owner, of, officialId, ruleId } = await push.ready('Acme', { name: 'Alarms' })
  await push.rule(owner, of, { name: 'Off', enabled: false })
  expect((await overview(owner)).invalid).toEqual({ rules: [], count: 0 })
  await stage.db.update(pushRule).set({ invalidReason: 'template_gone' }).where(eq(pushRule.id, ruleId))
  const alarms = { id: ruleId, name: 'Alarms', app: 'Shop' }
  expect((await overview(owner)).invalid).toEqual({ rules: [{ ...alarms, reason: 'template_gone' }], count: 1 })
  for (let n = 0; n < 5; n++) await push.rule(owner, of, { name: `More ${n}`, content: cardContent })
  await removeOfficialAccount(owner, officialId)
  const { rules, count } = (await overview(owner)).invalid
  expect([rules.length, count]).toEqual([5, 7])
  expect(rules.map(({ reason }) => reason)).toEqual(Array.from({ length: 5 }, () => 'account_deleted'))
})
