/** What would be sent, from which account, and if nothing, why: one answer for the API, the worker and the console. */
import { and, eq, isNull } from 'drizzle-orm'
import type { ChannelId } from '#channels/traits.ts'
import { template } from '#db/schema/index.ts'
import { removeAccount } from '#domain/accounts/accounts.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { coverage } from '#domain/templates/coverage.ts'
import { resetTemplate } from '#domain/templates/resetting.ts'
import { resolveAll } from '#domain/templates/resolution.ts'
import { endOf, expect, test } from '../support/make.ts'

const cellOf = async (ctx: Ctx, appId: string | null, scenario = 'login', channel: ChannelId = 'email') =>
  (await coverage(ctx, { appId })).cells.find((cell) => cell.scenario === scenario && cell.channel === channel)

test('an App’s template goes before the default, and only for that App', async ({ stage }) => {
  const { owner, app } = await stage.ready()
  const other = await stage.app(owner)
  await stage.template(owner, { appId: app.id })
  expect(await cellOf(owner, app.id)).toMatchObject({ state: 'usable', origin: 'app', version: 1 })
  expect(await cellOf(owner, other.id)).toMatchObject({ state: 'usable', origin: 'default', version: 1 })
  expect(await cellOf(owner, null)).toMatchObject({ state: 'usable', origin: 'default', version: 1 })
})

test('an App’s template is enough where there is no default', async ({ stage }) => {
  const { owner, app } = await stage.ready()
  await stage.template(owner, { scenario: 'registration', appId: app.id })
  expect(await cellOf(owner, app.id, 'registration')).toMatchObject({ state: 'usable', origin: 'app' })
  expect(await cellOf(owner, null, 'registration')).toMatchObject({ state: 'template_not_configured', origin: null })
})

test('an account that fails is told apart from one that is missing', async ({ stage }) => {
  const { owner, app, accountId } = await stage.ready()
  stage.provider.onCheck = async function* () {
    yield { stage: 'login', ok: false, ms: 1, cause: 'login_rejected' }
  }
  await endOf(validateAccount(owner, { id: accountId }))
  expect(await cellOf(owner, app.id)).toMatchObject({ state: 'failing' })
  await removeAccount(owner, accountId)
  expect(await cellOf(owner, app.id)).toMatchObject({
    state: 'channel_not_configured',
    origin: 'default',
    account: null,
  })
})

test('a channel that a scenario does not use is not a hole', async ({ stage }) => {
  const { owner, app } = await stage.ready()
  const { cells } = await coverage(owner, { appId: app.id })
  expect(new Set(cells.map(({ channel }) => channel))).toEqual(new Set(['sms', 'voice', 'email']))
  expect(await cellOf(owner, app.id, 'login', 'sms')).toMatchObject({ state: 'channel_not_configured' })
})

test('questions are answered in their order, those of other organizations with what is theirs', async ({ stage }) => {
  const [one, two] = [await stage.ready('One'), await stage.ready('Two')]
  await stage.template(two.owner, { baseVersion: 1 })
  const ask = (organizationId: string, scenario: string) =>
    ({ organizationId, appId: one.app.id, channel: 'email', scenario }) as const
  const answers = await resolveAll(stage.db, [
    ask(two.org.id, 'login'),
    ask(one.org.id, 'nothing'),
    ask(one.org.id, 'login'),
    ask(two.org.id, 'login'),
  ])
  expect(answers.map(({ template }) => template?.version)).toEqual([2, undefined, 1, 2])
  expect(answers.map(({ account }) => account?.id)).toEqual([
    ...[two.accountId, one.accountId, one.accountId, two.accountId],
  ])
  expect(answers[1]).toMatchObject({ scenario: null, template: null })
  expect(await resolveAll(stage.db, [])).toEqual([])
})

test('a template is looked for in the language asked for, then in the App’s, then without one, the App’s first', async ({
  stage,
}) => {
  const org = await stage.organization()
  const owner = org.as('owner')
  const app = await stage.app(owner, { language: 'zh-CN' })
  const order = [
    [app.id, 'en-GB'],
    [app.id, 'en'],
    [app.id, 'zh-CN'],
    [app.id, null],
    [null, 'en-GB'],
    [null, 'en'],
    [null, null],
  ] as const
  for (const [appId, locale] of [...order, [app.id, 'fr'], [null, 'fr']] as const) {
    await stage.template(owner, { appId, locale })
  }
  const question = { organizationId: org.id, appId: app.id, channel: 'email', scenario: 'login' } as const
  for (const [appId, locale] of order) {
    const [answer] = await resolveAll(stage.db, [{ ...question, locale: 'en-GB' }])
    expect(answer?.template).toMatchObject({ origin: appId ? 'app' : 'default', locale })
    const isBase = locale === null
    if (!isBase) await resetTemplate(owner, { ...question, appId, locale })
    else
      await stage.db
        .delete(template)
        .where(
          and(
            eq(template.organizationId, org.id),
            appId ? eq(template.appId, appId) : isNull(template.appId),
            isNull(template.locale),
          ),
        )
  }
  expect((await resolveAll(stage.db, [{ ...question, locale: 'en-GB' }]))[0]?.template).toBeNull()
  const [own] = await resolveAll(stage.db, [{ ...question, locale: 'fr' }])
  expect(own?.template).toMatchObject({ origin: 'app', locale: 'fr' })
})
