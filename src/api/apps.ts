/** Apps, their keys and what each of them sends. */
import { z } from 'zod'
import { Text } from '#channels/text.ts'
import {
  AddApp,
  AddKey,
  addApp,
  addKey,
  appLanguages,
  appNames,
  ChangeApp,
  changeApp,
  getApp,
  ListApps,
  ListKeys,
  listApps,
  listKeys,
  removeApp,
  revokeKey,
} from '#domain/apps/apps.ts'
import { refusedCalls } from '#domain/apps/refusals.ts'
import { coverage } from '#domain/templates/coverage.ts'
import {
  allCountries,
  ChangeCodeSettings,
  changeCodeSettings,
  codeSettings,
  countriesOf,
  countryName,
} from '#domain/verifications/code-settings.ts'
import { ChangeGuard, changeGuard, guardOf } from '#domain/verifications/guard-settings.ts'
import { procedure, router } from './trpc.ts'

const ById = z.object({ id: z.uuid() })

export const appsRouter = router({
  list: procedure.input(ListApps).query(({ ctx, input }) => listApps(ctx.domain, input)),
  names: procedure.query(({ ctx }) => appNames(ctx.domain)),
  get: procedure.input(z.object({ key: Text(40) })).query(({ ctx, input }) => getApp(ctx.domain, input.key)),
  add: procedure.input(AddApp).mutation(({ ctx, input }) => addApp(ctx.domain, input)),
  change: procedure.input(ChangeApp).mutation(({ ctx, input }) => changeApp(ctx.domain, input)),
  remove: procedure.input(ById).mutation(({ ctx, input }) => removeApp(ctx.domain, input.id)),
  coverage: procedure
    .input(z.object({ appId: z.uuid().nullable() }))
    .query(({ ctx, input }) => coverage(ctx.domain, input)),
  codeSettings: procedure
    .input(z.object({ appId: z.uuid(), locale: z.enum(appLanguages) }))
    .query(async ({ ctx, input }) => {
      const settings = await codeSettings(ctx.domain, input.appId)
      return { ...settings, countries: countriesOf(settings.codeCountries, input.locale) }
    }),
  /** What its calls were refused for in the last seven days. */
  refusals: procedure
    .input(z.object({ appId: z.uuid() }))
    .query(({ ctx, input }) => refusedCalls(ctx.domain, input.appId)),
  /** What an App's countries are chosen from. */
  countries: procedure
    .input(z.object({ locale: z.enum(appLanguages) }))
    .query(({ input }) => allCountries(input.locale)),
  changeCodeSettings: procedure
    .input(ChangeCodeSettings)
    .mutation(({ ctx, input }) => changeCodeSettings(ctx.domain, input)),
  guard: procedure.input(z.object({ appId: z.uuid(), locale: z.enum(appLanguages) })).query(async ({ ctx, input }) => {
    const guard = await guardOf(ctx.domain, input.appId)
    const named = guard.decisions.map((one) =>
      one.cause === 'country' ? { ...one, value: countryName(one.value, input.locale) } : one,
    )
    return { ...guard, decisions: named }
  }),
  changeGuard: procedure.input(ChangeGuard).mutation(({ ctx, input }) => changeGuard(ctx.domain, input)),
  keys: procedure.input(ListKeys).query(({ ctx, input }) => listKeys(ctx.domain, input)),
  addKey: procedure.input(AddKey).mutation(({ ctx, input }) => addKey(ctx.domain, input)),
  revokeKey: procedure.input(ById).mutation(({ ctx, input }) => revokeKey(ctx.domain, input.id)),
})
