/** Before another account takes the place of the one in force: what would lose its use is told, and nothing is done unless that was agreed to. */
import { and, eq, isNull } from 'drizzle-orm'
import { account, template, templateProof } from '#db/schema/index.ts'
import { listAccounts } from '#domain/accounts/accounts.ts'
import type { Agreed } from '#domain/accounts/replacement.ts'
import { saveAccount } from '#domain/accounts/saving.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { recordProof } from '#domain/templates/approvals.ts'
import { resolveAll } from '#domain/templates/resolution.ts'
import { endOf, expect, type Stage, test } from '../support/make.ts'
import { alarmText, codeCall, codeText, texting } from '../support/texting.ts'

const validate = (ctx: Ctx, id: string, agreed?: Agreed) =>
  endOf(validateAccount(ctx, { id, ...(agreed ? { agreed } : {}) }))
const states = async (ctx: Ctx) =>
  Object.fromEntries((await listAccounts(ctx, 'sms')).map(({ id, state }) => [id, state]))

/** Two scenarios and an App's override name what the account in force keeps; another account is there. */
async function twoAccounts(stage: Stage) {
  const { org, owner, accountId: first, app } = await texting(stage)
  await stage.template(owner, { channel: 'sms', appId: app.id, content: codeText })
  const second = await stage.account(owner, { channel: 'sms', username: 'second' })
  const told = { accountId: first, scenarios: 2, overrides: 1 }
  return { org, owner, app, first, second, told }
}

test('an account whose place another is to take keeps it until somebody agrees to what loses its use', async ({
  stage,
}) => {
  const { owner, first, second, told } = await twoAccounts(stage)
  const asked = await validate(owner, second)
  expect(asked).toMatchObject({ ok: true, asks: { ...told, name: expect.any(String), kind: 'replaced' } })
  expect(await states(owner)).toEqual({ [first]: 'validated', [second]: 'not_validated' })
  // That it passed is remembered all the same.
  const view = (await listAccounts(owner, 'sms')).find(({ id }) => id === second)
  expect(view?.lastCheck?.every(({ ok }) => ok)).toBe(true)

  expect(await validate(owner, second, told)).not.toHaveProperty('asks')
  expect(await states(owner)).toEqual({ [first]: 'not_validated', [second]: 'validated' })
})

test('what was agreed to is no longer enough when more depends on it meanwhile', async ({ stage }) => {
  const { owner, app, first, second, told } = await twoAccounts(stage)
  await stage.template(owner, { channel: 'sms', scenario: 'device_alarm', appId: app.id, content: alarmText })
  const asked = await validate(owner, second, told)
  expect(asked.asks).toMatchObject({ accountId: first, scenarios: 2, overrides: 2 })
  expect(await states(owner)).toMatchObject({ [first]: 'validated' })
})

test('what was agreed to of one account is not agreed to of another that came into force meanwhile', async ({
  stage,
}) => {
  const { owner, second, told } = await twoAccounts(stage)
  const third = await stage.account(owner, { channel: 'sms', username: 'third' })
  await stage.template(owner, { channel: 'sms', content: codeText, accountId: third })
  await stage.template(owner, { channel: 'sms', scenario: 'device_alarm', content: alarmText, accountId: third })
  // The third has both scenarios, so that only the override is asked about.
  expect((await validate(owner, third)).asks).toMatchObject({ scenarios: 0, overrides: 1 })
  await validate(owner, third, { ...told, scenarios: 0 })
  expect((await validate(owner, second, told)).asks).toMatchObject({ accountId: third, scenarios: 2, overrides: 0 })
  expect(await states(owner)).toMatchObject({ [third]: 'validated' })
})

test('nothing is asked where nothing loses its use: a first account, one that has it all, and mail', async ({
  stage,
}) => {
  const { owner, second } = await twoAccounts(stage)
  const org = await stage.organization()
  const other = org.as('owner')
  expect(await validate(other, await stage.account(other, { channel: 'sms' }))).not.toHaveProperty('asks')
  for (const given of [{}, { scenario: 'device_alarm', content: alarmText }, { appId: await appOf(stage, owner) }]) {
    await stage.template(owner, { channel: 'sms', content: codeText, accountId: second, ...given })
  }
  expect(await validate(owner, second)).not.toHaveProperty('asks')
  await stage.account(owner, { validated: true })
  await stage.template(owner)
  expect(await validate(owner, await stage.account(owner))).not.toHaveProperty('asks')
})

const appOf = async (stage: Stage, ctx: Ctx) => {
  const [row] = await stage.db
    .select({ id: template.appId })
    .from(template)
    .where(
      and(
        eq(template.organizationId, ctx.actor.kind === 'user' ? ctx.actor.organizationId : ''),
        eq(template.scenario, 'login'),
      ),
    )
    .orderBy(isNull(template.appId))
  return row?.id ?? null
}

test('templates go along to an account with the same key at the same place: both have the same of everything', async ({
  stage,
}) => {
  const { org, owner, first } = await twoAccounts(stage)
  const same = await stage.account(owner, { channel: 'sms', username: 'first' })
  expect(await validate(owner, same)).not.toHaveProperty('asks')
  expect(await states(owner)).toMatchObject({ [same]: 'validated', [first]: 'not_validated' })
  const question = {
    organizationId: org.id,
    appId: null,
    channel: 'sms',
    scenario: 'login',
    audience: 'mainland',
  } as const
  expect((await resolveAll(stage.db, [question]))[0]).toMatchObject({
    template: { blocked: null },
    account: { id: same },
  })
  // And back again, but for what the first has of its own by now.
  await stage.template(owner, { channel: 'sms', content: codeText, accountId: first })
  await validate(owner, first)
  expect(await stage.db.$count(template, eq(template.accountId, first))).toBe(3)
  expect(await stage.db.$count(template, eq(template.accountId, same))).toBe(1)
})

test('what calls have proven goes along with the templates', async ({ stage }) => {
  const org = await stage.organization()
  const owner = org.as('owner')
  const first = await stage.account(owner, { channel: 'voice', validated: true })
  const same = await stage.account(owner, { channel: 'voice' })
  await recordProof(owner, { accountId: first, channel: 'voice', content: codeCall, startedAt: stage.clock.now() })
  await stage.template(owner, { channel: 'voice', content: codeCall })
  await validate(owner, same)
  expect(await stage.db.$count(templateProof, eq(templateProof.accountId, same))).toBe(1)
  const question = { organizationId: org.id, appId: null, channel: 'voice', scenario: 'login' } as const
  expect((await resolveAll(stage.db, [question]))[0]?.template).toMatchObject({ blocked: null })
})

test('twenty at once who agreed to the same end with one account in force and no template lost', async ({ stage }) => {
  const { org, owner, second, told } = await twoAccounts(stage)
  const same = await stage.account(owner, { channel: 'sms', username: 'first' })
  const ids = [second, same]
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      if (n % 4 === 3)
        await stage
          .template(owner, {
            channel: 'sms',
            scenario: 'change_contact',
            content: codeText,
            accountId: ids[n % 2] ?? null,
          })
          .catch(() => undefined)
      return validate(owner, ids[n % 2] ?? '', told)
    }),
  )
  expect(outcomes.every(({ ok }) => ok)).toBe(true)
  const inForce = and(eq(account.organizationId, org.id), eq(account.channel, 'sms'), eq(account.validated, true))
  expect(await stage.db.$count(account, inForce)).toBe(1)
  expect(
    await stage.db.$count(template, and(eq(template.organizationId, org.id), eq(template.channel, 'sms'))),
  ).toBeGreaterThanOrEqual(3)
})

test('another key in the account in force is asked about before it is saved, a new name or secret is not', async ({
  stage,
}) => {
  const { owner, first, told } = await twoAccounts(stage)
  const save = (config: Record<string, string>, agreed?: Agreed) =>
    endOf(
      saveAccount(owner, {
        ...{ id: first, channel: 'sms', provider: 'fake-sms', name: 'Texts', ...(agreed ? { agreed } : {}) },
        config: { host: 'mail.example.com', username: 'first', password: 'correct horse', ...config },
      }),
    )
  expect(await save({ password: 'other horse' })).toMatchObject({ saved: true })
  const asked = await save({ username: 'elsewhere' })
  expect(asked).toMatchObject({ saved: false, checked: { ok: true }, asks: { ...told, kind: 'moved' } })
  expect(await save({ username: 'elsewhere' }, { ...told, overrides: 0 })).toMatchObject({ saved: false, asks: told })
  expect((await listAccounts(owner, 'sms')).find(({ id }) => id === first)?.identity).toContain('first')
  expect(await save({ username: 'elsewhere' }, told)).toMatchObject({ saved: true })
  // What it names is looked for at once where the key leads now.
  const rows = await stage.db.select({ at: template.approvalAt }).from(template).where(eq(template.accountId, first))
  expect(rows.map(({ at }) => at)).toEqual([null, null, null])
})
