/** What a template's page says of the templates beside its own: what sending would take without it, asked of sending's own rule. */
import { and, eq, isNull } from 'drizzle-orm'
import { template } from '#db/schema/index.ts'
import { ChangeApp, changeApp } from '#domain/apps/apps.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { getTemplate } from '#domain/templates/reading.ts'
import { resetTemplate } from '#domain/templates/resetting.ts'
import { resolveAll } from '#domain/templates/resolution.ts'
import { expect, type Stage, test } from '../support/make.ts'

const languages = [null, 'en', 'en-GB', 'zh-CN']

/** An App that speaks `en`, with every language of a scenario but those left out. */
async function everyLanguage(stage: Stage, leftOut: (appId: string | null, locale: string | null) => boolean) {
  const { owner, app, org } = await stage.ready()
  for (const appId of [null, app.id]) {
    for (const locale of languages) {
      if (leftOut(appId, locale)) continue
      await stage.template(owner, { scenario: 'registration', appId, locale })
    }
  }
  return { owner, app, org }
}

/** What would be sent if the template of the place were not there: it is taken away, and the resolver is asked. */
async function withoutIt(
  stage: Stage,
  owner: Ctx,
  organizationId: string,
  appId: string | null,
  locale: string | null,
) {
  const place = { channel: 'email', scenario: 'registration', appId, locale } as const
  const at = and(
    ...[eq(template.organizationId, organizationId), eq(template.scenario, 'registration')],
    appId ? eq(template.appId, appId) : isNull(template.appId),
    locale ? eq(template.locale, locale) : isNull(template.locale),
  )
  const kept = await stage.db.delete(template).where(at).returning()
  const [resolution] = await resolveAll(stage.db, [{ ...place, organizationId }])
  if (kept[0]) await stage.db.insert(template).values(kept[0])
  return { shown: (await getTemplate(owner, place)).instead, resolved: resolution?.template ?? null }
}

for (const [what, leftOut] of [
  ['every language is there', () => false],
  ['the bases only', (_: string | null, locale: string | null) => locale !== null],
  ['the App has none', (appId: string | null) => appId !== null],
  ['there is no default', (appId: string | null) => appId === null],
  [
    'the App has British English only',
    (appId: string | null, locale: string | null) => appId !== null && locale !== 'en-GB',
  ],
] as const) {
  test(`where ${what}, a template’s page names what sending would take instead`, async ({ stage }) => {
    const { owner, app, org } = await everyLanguage(stage, leftOut)
    for (const appId of [null, app.id]) {
      for (const locale of [...languages, 'fr', 'en-AU']) {
        const { shown, resolved } = await withoutIt(stage, owner, org.id, appId, locale)
        expect([appId, locale, shown?.id ?? null]).toEqual([appId, locale, resolved?.id ?? null])
      }
    }
  })
}

test('a template is written over the default in its language; without one of its own, in its App’s', async ({
  stage,
}) => {
  const { owner, app } = await everyLanguage(stage, (appId) => appId !== null)
  const underneath = async (appId: string | null, locale: string | null) => {
    const read = await getTemplate(owner, { channel: 'email', scenario: 'registration', appId, locale })
    return read.underneath && { appId: read.underneath.appId, locale: read.underneath.locale }
  }
  expect(await underneath(app.id, 'zh-CN')).toEqual({ appId: null, locale: 'zh-CN' })
  expect(await underneath(app.id, null)).toEqual({ appId: null, locale: 'en' })
  expect(await underneath(null, 'zh-CN')).toEqual({ appId: null, locale: null })
  expect(await underneath(null, null)).toBeNull()
  await changeApp(
    owner,
    ChangeApp.parse({ id: app.id, name: 'Shop', language: 'zh-CN', codeLifetimeMinutes: 10, logo: null }),
  )
  expect(await underneath(app.id, null)).toEqual({ appId: null, locale: 'zh-CN' })
  await resetTemplate(owner, { channel: 'email', scenario: 'registration', appId: null, locale: 'zh-CN' })
  expect(await underneath(app.id, null)).toEqual({ appId: null, locale: null })
})
