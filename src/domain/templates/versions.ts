/** What was saved of a template before: who, when and what. */
import { and, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { template, templateVersion } from '#db/schema/index.ts'
import { need } from '../base/access.ts'
import type { Ctx } from '../base/ctx.ts'
import { notFound } from '../base/errors.ts'
import { exactlyAt, TemplatePlace } from './place.ts'

/** Who saved when, newest first, without the contents; at most 200. */
export async function listVersions(ctx: Ctx, place: TemplatePlace) {
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
    .where(exactlyAt(organizationId, place))
    .orderBy(desc(templateVersion.version))
    .limit(200)
}

export const VersionPlace = z.strictObject({ ...TemplatePlace.shape, version: z.int().min(1) })

/** What was saved as one version. @throws DomainError `not_found` */
export async function getVersion(ctx: Ctx, { version, ...place }: z.infer<typeof VersionPlace>) {
  const organizationId = need(ctx, 'templates:read')
  const [row] = await ctx.db
    .select({ version: templateVersion.version, content: templateVersion.content })
    .from(templateVersion)
    .innerJoin(template, eq(template.id, templateVersion.templateId))
    .where(and(exactlyAt(organizationId, place), eq(templateVersion.version, version)))
  if (!row) throw notFound('version')
  return row
}
