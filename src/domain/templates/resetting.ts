/** Deleting a template with its versions, and putting it back as it was. */
import { inArray, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { template, templateVersion } from '#db/schema/index.ts'
import { need } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { notFound } from '../base/errors.ts'
import { isGone } from '../base/problems.ts'
import { type Undo, undone, undoOf } from '../base/undo.ts'
import { getScenario } from '../scenarios/scenarios.ts'
import { exactlyAt, inAllLanguages, type TemplateKey } from './template-key.ts'
import { changedMeanwhile, keyInWords } from './templates.ts'

type Deleted = { templates: (typeof template.$inferSelect)[]; versions: (typeof templateVersion.$inferSelect)[] }

/** More than this is not read to be handed out. */
const mostBytes = 1_500_000

/**
 * Deletes a template, and hands out what `restoreTemplate` takes: an App returns to the default, a scenario without a default has none.
 * Without a language all its language variants go with it.
 */
export async function resetTemplate(ctx: Ctx, key: TemplateKey): Promise<{ undo: string | null }> {
  const organizationId = need(ctx, 'templates:write')
  const meant = key.locale ? exactlyAt(organizationId, key) : inAllLanguages(organizationId, key)
  return ctx.db.transaction(async (tx) => {
    const held = await tx.select({ id: template.id }).from(template).where(meant).for('update')
    const ofThese = inArray(
      templateVersion.templateId,
      held.map(({ id }) => id),
    )
    const [size] = await tx
      .select({ bytes: sql<number>`coalesce(sum(octet_length(${templateVersion.content}::text)), 0)`.mapWith(Number) })
      .from(templateVersion)
      .where(ofThese)
    const isLarge = (size?.bytes ?? 0) > mostBytes
    const versions = isLarge ? [] : await tx.select().from(templateVersion).where(ofThese)
    const templates = await tx.delete(template).where(meant).returning()
    const [first] = templates
    if (!first) throw notFound('template')
    const told = { subject: 'template', subjectId: first.id, subjectName: key.scenario } as const
    await record(ctx, tx, { ...told, action: 'deleted', changes: await keyInWords(tx, key) })
    return { undo: isLarge ? null : undoOf(ctx, 'template', { templates, versions } satisfies Deleted) }
  })
}

/**
 * Puts a deleted template back with its versions. Its provider is asked about it at once, as after every change.
 * @throws DomainError `invalid_request` for what no deletion handed out; `unknown_scenario`, or `not_found` once its App or account
 *   is gone; `conflict` where another one stands in its place
 */
export async function restoreTemplate(ctx: Ctx, { undo }: z.infer<typeof Undo>): Promise<void> {
  need(ctx, 'templates:write')
  const { templates, versions } = undone<Deleted>(ctx, 'template', undo)
  const [first] = templates
  if (!first) return
  await getScenario(ctx, first.scenario)
  try {
    await ctx.db.transaction(async (tx) => {
      const rows = templates.map((row) => ({ ...row, approvalAt: null }))
      const added = await tx.insert(template).values(rows).onConflictDoNothing().returning({ id: template.id })
      if (added.length < rows.length) throw changedMeanwhile(first.version)
      if (versions.length > 0) await tx.insert(templateVersion).values(versions)
      const told = { subject: 'template', subjectId: first.id, subjectName: first.scenario } as const
      const key = { ...first, locale: templates.length > 1 ? null : first.locale }
      await record(ctx, tx, { ...told, action: 'restored', changes: await keyInWords(tx, key) })
    })
  } catch (error) {
    throw isGone(error) ? notFound('App or account') : error
  }
}
