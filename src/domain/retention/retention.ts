/** How long an organization keeps its messages, and what they said: for ever, unless an owner says otherwise. */
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { organization, retentionBounds } from '#db/schema/index.ts'
import { need } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { invalid } from '../base/errors.ts'

const Days = ({ least, most }: { least: number; most: number }) => z.int().min(least).max(most).nullable()

/** In days; null: for ever, and as long as the message. */
export const Retention = z.strictObject({
  messageDays: Days(retentionBounds.messageDays),
  contentDays: Days(retentionBounds.contentDays),
})
export type Retention = z.infer<typeof Retention>

/** `isAgreed`: what goes by it may go. */
export const ChangeRetention = Retention.extend({ isAgreed: z.boolean() })

const columns = { messageDays: organization.messageDays, contentDays: organization.contentDays }

export async function retention(ctx: Ctx): Promise<Retention> {
  const organizationId = need(ctx, 'data:write')
  const [row] = await ctx.db.select(columns).from(organization).where(eq(organization.id, organizationId))
  return row ?? { messageDays: null, contentDays: null }
}

const isShorter = (before: number | null, after: number | null) => after !== null && (before === null || after < before)

/**
 * What is over by it goes within the hour. Where that is more than before and not agreed to, nothing is changed, and the answer says so.
 * @throws DomainError `invalid_request` where contents were to outlast their messages
 */
export async function changeRetention(
  ctx: Ctx,
  { messageDays, contentDays, isAgreed }: z.infer<typeof ChangeRetention>,
): Promise<{ isSaved: boolean }> {
  const organizationId = need(ctx, 'data:write')
  const isIt = eq(organization.id, organizationId)
  if (messageDays !== null && contentDays !== null && contentDays > messageDays) {
    throw invalid({ path: 'contentDays', code: 'content_outlasts_message' })
  }
  return ctx.db.transaction(async (tx) => {
    const [before] = await tx.select(columns).from(organization).where(isIt).for('no key update')
    const takesMore =
      !before || isShorter(before.messageDays, messageDays) || isShorter(before.contentDays, contentDays)
    if (takesMore && !isAgreed) return { isSaved: false }
    await tx.update(organization).set({ messageDays, contentDays }).where(isIt)
    const changes = { messageDays: messageDays ?? 'unlimited', contentDays: contentDays ?? 'unlimited' }
    await record(ctx, tx, { action: 'changed', subject: 'retention', changes })
    return { isSaved: true }
  })
}
