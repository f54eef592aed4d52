/** Which template is meant, and the conditions that find it. */
import { and, eq, isNull, or } from 'drizzle-orm'
import { z } from 'zod'
import { Text } from '#channels/text.ts'
import { channelIds } from '#channels/traits.ts'
import { template } from '#db/schema/index.ts'
import type { ProblemCode } from '../base/codes.ts'

/** Which template: of a channel, a scenario, an App, a language and an account. `appId` null is the default. */
export const TemplateKey = z.strictObject({
  channel: z.enum(channelIds),
  scenario: Text(40),
  appId: z.uuid().nullable(),
  /** Language of a variant; null: the base, used where no variant fits. */
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/, { error: 'invalid_locale' satisfies ProblemCode })
    .nullable()
    .default(null),
  /** The account whose signatures and templates it names; null where the organization owns the content. */
  accountId: z.uuid().nullable().default(null),
})
export type TemplateKey = z.input<typeof TemplateKey>

const ofScenario = (organizationId: string, key: TemplateKey) =>
  and(
    eq(template.organizationId, organizationId),
    eq(template.channel, key.channel),
    eq(template.scenario, key.scenario),
    key.accountId ? eq(template.accountId, key.accountId) : isNull(template.accountId),
  )

/** A template in all its languages. */
export const inAllLanguages = (organizationId: string, key: TemplateKey) =>
  and(ofScenario(organizationId, key), key.appId ? eq(template.appId, key.appId) : isNull(template.appId))

/** The one template of a key. */
export const exactlyAt = (organizationId: string, key: TemplateKey) =>
  and(inAllLanguages(organizationId, key), key.locale ? eq(template.locale, key.locale) : isNull(template.locale))

/** All languages of a template, and of the default that stands behind an App's. */
export const withDefault = (organizationId: string, key: TemplateKey) =>
  and(
    ofScenario(organizationId, key),
    key.appId ? or(isNull(template.appId), eq(template.appId, key.appId)) : isNull(template.appId),
  )
