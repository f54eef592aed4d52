/** Reads templates: one with the templates it depends on, the list of a channel, and the versions of one. */
import { and, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { ChannelId } from '#channels/traits.ts'
import { account, app, type TemplateApproval, template, templateVersion } from '#db/schema/index.ts'
import { need } from '../base/access.ts'
import type { Ctx } from '../base/ctx.ts'
import { notFound } from '../base/errors.ts'
import { getScenario, type Scenario } from '../scenarios/scenarios.ts'
import { resolvedWithout } from './resolution.ts'
import { exactlyAt, TemplateKey, withDefault } from './template-key.ts'

export type TemplateView = {
  id: string
  content: unknown
  variables: string[]
  version: number
  fallBack: boolean
  approval: TemplateApproval
  approvalAt: Date | null
  updatedAt: Date
  updatedBy: string | null
}

/** A stored language of a template: of the App or, `appId` null, of the default. */
export type Variant = { appId: string | null; locale: string | null }
export type RelatedTemplate = TemplateView & Variant

const visible = {
  id: template.id,
  content: template.content,
  variables: template.variables,
  version: template.version,
  fallBack: template.fallBack,
  approval: template.approval,
  approvalAt: template.approvalAt,
  updatedAt: template.updatedAt,
  updatedBy: template.updatedBy,
}
const ofVariant = { appId: template.appId, locale: template.locale }

export type TemplateInContext = {
  scenario: Scenario
  /** Null where none is stored. */
  template: TemplateView | null
  variants: Variant[]
  /** What is sent as long as nothing is stored here. */
  instead: RelatedTemplate | null
  /** What this template is written over: the default or, for a language of the default, its base. */
  underneath: RelatedTemplate | null
}

/** The template of a key, with its scenario and related templates. @throws DomainError `unknown_scenario` */
export async function getTemplate(ctx: Ctx, key: TemplateKey): Promise<TemplateInContext> {
  const organizationId = need(ctx, 'templates:read')
  const scenario = await getScenario(ctx, key.scenario)
  const [row] = await ctx.db.select(visible).from(template).where(exactlyAt(organizationId, key))
  const variants = await ctx.db.select(ofVariant).from(template).where(withDefault(organizationId, key)).limit(200)
  const related = await relatedIds(ctx, organizationId, key, row?.id ?? null)
  const stored = await ctx.db
    .select({ ...visible, ...ofVariant })
    .from(template)
    .where(
      inArray(
        template.id,
        related.filter((id) => id !== null),
      ),
    )
  const [instead = null, underneath = null] = related.map((id) => stored.find((other) => other.id === id) ?? null)
  return { scenario, template: row ?? null, variants, instead, underneath }
}

/** What would be resolved if the template of the key were not there: for the key, and for an App without one of its own. */
async function relatedIds(
  ctx: Ctx,
  organizationId: string,
  key: TemplateKey,
  stored: string | null,
): Promise<(string | null)[]> {
  const { channel, scenario, appId, locale = null, accountId } = key
  if (accountId) {
    const ofDefault = exactlyAt(organizationId, { ...key, appId: null })
    const [row] = appId ? await ctx.db.select({ id: template.id }).from(template).where(ofDefault) : []
    return row ? [row.id, row.id] : []
  }
  const ofApp = and(eq(app.organizationId, organizationId), eq(app.id, appId ?? ''))
  const [owner] = appId ? await ctx.db.select({ language: app.language }).from(app).where(ofApp) : []
  const question = { organizationId, channel, scenario }
  return resolvedWithout(ctx.db, stored, [
    { ...question, appId, locale },
    { ...question, appId: null, locale: locale ?? owner?.language ?? null },
  ])
}

/** As much of a headline as a list shows. */
const longestHeadline = 200

/**
 * The stored templates of a channel without their bodies, for the table of the channel's page: the defaults, and beside
 * them those of one App, of none (null) or of all. `summary` is empty where the channel has headlines.
 */
export async function listTemplates(ctx: Ctx, channel: ChannelId, appId?: string | null) {
  const organizationId = need(ctx, 'templates:read')
  const { headline = null, summary } = ctx.catalog.channels.find(({ id }) => id === channel) ?? {}
  const ofApp = appId ? or(isNull(template.appId), eq(template.appId, appId)) : isNull(template.appId)
  const rows = await ctx.db
    .select({
      id: template.id,
      scenario: template.scenario,
      appId: template.appId,
      locale: template.locale,
      accountId: template.accountId,
      /** The account it is kept for until that is in force again; null for what is used now. */
      keptFor: sql<string | null>`case when not ${account.validated} then ${account.name} end`,
      approval: template.approval,
      approvalAt: template.approvalAt,
      headline: sql<string | null>`left(${template.content} ->> ${headline}::text, ${longestHeadline}::int)`,
      content: summary ? template.content : sql<null>`null`,
      version: template.version,
      updatedAt: template.updatedAt,
      updatedBy: template.updatedBy,
    })
    .from(template)
    .leftJoin(account, eq(account.id, template.accountId))
    .where(
      and(
        eq(template.organizationId, organizationId),
        eq(template.channel, channel),
        appId === undefined ? undefined : ofApp,
      ),
    )
    .limit(5000)
  return rows.map(({ content, ...row }) => ({
    ...row,
    summary: (content === null ? undefined : summary?.(content)) ?? [],
  }))
}

/** Who saved when, newest first, without the contents; at most 200. */
export async function listVersions(ctx: Ctx, key: TemplateKey) {
  const organizationId = need(ctx, 'templates:read')
  return ctx.db
    .select({
      version: templateVersion.version,
      note: templateVersion.note,
      authorName: templateVersion.authorName,
      createdAt: templateVersion.createdAt,
    })
    .from(templateVersion)
    .innerJoin(template, eq(template.id, templateVersion.templateId))
    .where(exactlyAt(organizationId, key))
    .orderBy(desc(templateVersion.version))
    .limit(200)
}

export const VersionKey = z.strictObject({ ...TemplateKey.shape, version: z.int().min(1) })

/** What was saved as one version. @throws DomainError `not_found` */
export async function getVersion(ctx: Ctx, { version, ...key }: z.infer<typeof VersionKey>) {
  const organizationId = need(ctx, 'templates:read')
  const [row] = await ctx.db
    .select({ version: templateVersion.version, content: templateVersion.content })
    .from(templateVersion)
    .innerJoin(template, eq(template.id, templateVersion.templateId))
    .where(and(exactlyAt(organizationId, key), eq(templateVersion.version, version)))
  if (!row) throw notFound('version')
  return row
}
