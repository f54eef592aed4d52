/** What an App decides about the codes that Signet makes for it: how long they are, which countries they go to, how many. */
import { and, eq } from 'drizzle-orm'
import { Metadata } from 'libphonenumber-js/min'
import { z } from 'zod'
import { app } from '#db/schema/index.ts'
import { need } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { ProblemCode } from '../base/codes.ts'
import type { Ctx } from '../base/ctx.ts'
import { notFound } from '../base/errors.ts'

/** Calling codes with their countries (ISO 3166), the one that most people think of first. Numbers that are of no country are left out. */
const countriesByCode: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(
    (new Metadata() as unknown as { metadata: { country_calling_codes: Record<string, string[]> } }).metadata
      .country_calling_codes,
  ).filter(([, countries]) => countries.some((country) => country !== '001')),
)

const PerHour = z.int().min(1).max(1_000_000)

export const CodeSettings = z.strictObject({
  codeLength: z.int().min(4).max(8),
  /** Calling codes without their `+`. */
  codeCountries: z
    .array(
      z
        .string()
        .max(4)
        .refine((code) => Object.hasOwn(countriesByCode, code)),
    )
    .min(1, { error: 'no_country' satisfies ProblemCode })
    .max(300)
    .transform((codes) => [...new Set(codes)]),
  codesPerHour: PerHour,
  codesPerCountryHour: PerHour,
  codesPerIpHour: PerHour,
})
export type CodeSettings = z.infer<typeof CodeSettings>

export const ChangeCodeSettings = CodeSettings.extend({ appId: z.uuid() })

const columns = {
  codeLength: app.codeLength,
  codeCountries: app.codeCountries,
  codesPerHour: app.codesPerHour,
  codesPerCountryHour: app.codesPerCountryHour,
  codesPerIpHour: app.codesPerIpHour,
}

/** @throws DomainError `not_found` */
export async function codeSettings(ctx: Ctx, appId: string): Promise<CodeSettings> {
  const organizationId = need(ctx, 'apps:read')
  const [row] = await ctx.db
    .select(columns)
    .from(app)
    .where(and(eq(app.organizationId, organizationId), eq(app.id, appId)))
  if (!row) throw notFound('App')
  return row
}

/** @throws DomainError `not_found` */
export async function changeCodeSettings(
  ctx: Ctx,
  { appId, ...settings }: z.infer<typeof ChangeCodeSettings>,
): Promise<void> {
  const organizationId = need(ctx, 'apps:write')
  await ctx.db.transaction(async (tx) => {
    const [before] = await tx
      .select({ ...columns, name: app.name })
      .from(app)
      .where(and(eq(app.organizationId, organizationId), eq(app.id, appId)))
      .for('update')
    if (!before) throw notFound('App')
    await tx.update(app).set(settings).where(eq(app.id, appId))
    const changed = (Object.keys(settings) as (keyof CodeSettings)[]).filter(
      (name) => String(settings[name]) !== String(before[name]),
    )
    await record(ctx, tx, {
      action: 'changed',
      subject: 'app',
      subjectId: appId,
      subjectName: before.name,
      changes: { fields: changed },
    })
  })
}

export type Country = {
  code: string
  name: string /** Names of further countries with the same code. */
  others: string
}

/** What the product calls them elsewhere, where it differs from the name in the CLDR. */
const ownNames: Readonly<Record<string, Record<string, string>>> = { CN: { en: 'Mainland China', 'zh-CN': '中国内地' } }

const inLanguage = (locale: string) => {
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  return (country: string) => ownNames[country]?.[locale] ?? names.of(country) ?? country
}

/** A country by its code of ISO 3166, in the words of a language; numbers of no country by their calling code. */
export const countryName = (country: string, locale: string): string =>
  /^\d/.test(country) ? `+${country}` : inLanguage(locale)(country)

function country(code: string, nameOf: (country: string) => string): Country {
  const [first = '', ...others] = countriesByCode[code] ?? []
  return { code, name: nameOf(first), others: others.map(nameOf).join(', ') }
}

/** The countries of these calling codes, in the words of a language (BCP 47). */
export const countriesOf = (codes: readonly string[], locale: string): Country[] => {
  const nameOf = inLanguage(locale)
  return codes.map((code) => country(code, nameOf))
}

/** What can be chosen from, in the order of a language's alphabet; mainland China first. */
export function allCountries(locale: string): Country[] {
  const { compare } = new Intl.Collator(locale)
  const isFirst = ({ code }: Country) => (code === '86' ? 0 : 1)
  return countriesOf(Object.keys(countriesByCode), locale).sort(
    (a, b) => isFirst(a) - isFirst(b) || compare(a.name, b.name),
  )
}
