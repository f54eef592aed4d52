/** An App that texts codes under the guard, and how codes are asked for and entered. */

import { channelsFor } from '#channels/traits.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { ChangeGuard, changeGuard, guardOf } from '#domain/verifications/guard-settings.ts'
import { choiceOf, texts } from './fake-carrier.ts'
import { expect, type Stage } from './make.ts'
import { texting } from './texting.ts'
import { check, codeOf, start, started, withSettings } from './verifying.ts'

type Guarded = Awaited<ReturnType<typeof guarded>>

/** An App that texts codes, at the beginning of an hour. */
export async function guarded(stage: Stage, settings: Settings = {}) {
  const ready = await texting(stage)
  const { owner, app } = ready
  stage.clock.forward({ ms: 3_600_000 - (stage.clock.now().getTime() % 3_600_000) })
  await withSettings(owner, app.id, { codeCountries: ['86', '852', '62', '1'], codesPerIpHour: 1000 })
  const content = { mainland: choiceOf(texts.code), international: choiceOf(texts.codeAbroad) }
  await stage.template(owner, { channel: 'sms', baseVersion: 1, content })
  await setGuard(owner, app.id, settings)
  return ready
}

type Settings = {
  guardMode?: 'record' | 'block'
  codesPerDay?: Record<string, number>
  stoppedChannels?: string[]
}
/** All settings: what is not named is as it is from the start. */
export function setGuard(owner: Ctx, appId: string, { guardMode = 'record', codesPerDay, stoppedChannels }: Settings) {
  const all = channelsFor('verification')
  return changeGuard(
    owner,
    ChangeGuard.parse({
      ...{ appId, guardMode },
      codesPerDay,
      unlimited: all.filter((channel) => !codesPerDay?.[channel]),
      stops: Object.fromEntries(all.map((channel) => [channel, stoppedChannels?.includes(channel) ?? false])),
    }),
  )
}

/** The nth number of the nth prefix of a country, or of Jamaica's and of New York's part of +1. */
export const numberOf = (prefix: number, n: number, country = '86') => {
  const start = { '86': '138', '852': '9', '62': '812', '1876': '', '1212': '' }[country] ?? ''
  const middle = country.startsWith('1')
    ? String(200 + prefix)
    : String(prefix).padStart(country === '852' ? 3 : 4, '0')
  return `+${country}${start}${middle}${String(n).padStart(4, '0')}`
}
export const ask = (asApp: Ctx, to: string, more: object = {}) => start(asApp, { channel: 'sms', to, ...more })

/** Asks for a code and enters it. */
export async function enter(stage: Stage, asApp: Ctx, to: string, more: object = {}) {
  const { id } = await started(asApp, { channel: 'sms', to, ...more })
  expect(await check(asApp, id, await codeOf(stage, id))).toMatchObject({ status: 'approved' })
}

export const found = async ({ owner, app }: Pick<Guarded, 'owner' | 'app'>) =>
  (await guardOf(owner, app.id)).decisions.map(({ cause, value, span, counted, allowed, codes, refused }) => ({
    ...{ cause, value, span, counted, allowed, codes, refused },
  }))
