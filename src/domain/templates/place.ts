/** Where a template stands: its channel, scenario, App, language and account. */
import { and, eq, isNull, or } from 'drizzle-orm'
import { z } from 'zod'
import { Text } from '#channels/text.ts'
import { channelIds } from '#channels/traits.ts'
import { template } from '#db/schema/index.ts'

/** One template's place. `appId` null is the default. */
export const TemplatePlace = z.strictObject({
  channel: z.enum(channelIds),
  scenario: Text(40),
  appId: z.uuid().nullable(),
  /** Language of a variant; null: the base, used where no variant fits. */
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/, { error: 'invalid_locale' })
    .nullable()
    .default(null),
  /** The account whose signatures and templates it names; null where the organization owns the content. */
  accountId: z.uuid().nullable().default(null),
})
export type TemplatePlace = z.input<typeof TemplatePlace>

const ofScenario = (organizationId: string, place: TemplatePlace) =>
  and(
    eq(template.organizationId, organizationId),
    eq(template.channel, place.channel),
    eq(template.scenario, place.scenario),
    place.accountId ? eq(template.accountId, place.accountId) : isNull(template.accountId),
  )

/** All languages of a place. */
export const atPlace = (organizationId: string, place: TemplatePlace) =>
  and(ofScenario(organizationId, place), place.appId ? eq(template.appId, place.appId) : isNull(template.appId))

/** The one template of a place. */
export const exactlyAt = (organizationId: string, place: TemplatePlace) =>
  and(atPlace(organizationId, place), place.locale ? eq(template.locale, place.locale) : isNull(template.locale))

/** All languages of a place, and of the default that stands behind an App's. */
export const withDefault = (organizationId: string, place: TemplatePlace) =>
  and(
    ofScenario(organizationId, place),
    place.appId ? or(isNull(template.appId), eq(template.appId, place.appId)) : isNull(template.appId),
  )
