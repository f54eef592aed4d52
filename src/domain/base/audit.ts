/** The audit trail: written in the transaction of the change it tells of, and never with a secret value. */
import { and, eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { z } from 'zod'
import { Text } from '#channels/text.ts'
import type { Db, Tx } from '#db/database.ts'
import { auditEvent } from '#db/schema/index.ts'
import { need, organizationOf } from './access.ts'
import type { Ctx } from './ctx.ts'
import { Cursor, page } from './paging.ts'

/** What is told of: what is done to each subject. */
type Audited = {
  account: 'added' | 'changed' | 'deleted' | 'validated' | 'rotated'
  app: 'added' | 'changed' | 'deleted'
  api_key: 'added' | 'revoked'
  template: 'added' | 'changed' | 'deleted' | 'restored'
  push_rule: 'added' | 'changed' | 'deleted' | 'restored'
  scenario: 'added' | 'deleted'
  member: 'joined' | 'changed' | 'removed'
  invitation: 'invited' | 'revoked'
  incident: 'acknowledged'
  webhook: 'added' | 'changed' | 'deleted' | 'rotated' | 'resent'
  retention: 'changed'
  recipient: 'erased'
  message: 'revealed' | 'resent' | 'released' | 'exported'
}
/** Key of the words for it. */
export type AuditKey = { [Subject in keyof Audited]: `${Subject}_${Audited[Subject]}` }[keyof Audited]

export type AuditEntry = {
  [Subject in keyof Audited]: { subject: Subject; action: Audited[Subject] }
}[keyof Audited] & {
  subjectId?: string
  subjectName?: string
  changes?: Record<string, unknown>
}

/** Adds an entry in the caller's transaction. */
export async function record(ctx: Ctx, tx: Db | Tx, entry: AuditEntry): Promise<void> {
  const { actor } = ctx
  await tx.insert(auditEvent).values({
    id: v7(),
    organizationId: organizationOf(ctx),
    at: ctx.now(),
    actorId: actor.kind === 'user' ? actor.id : null,
    actorName: actor.kind === 'app' ? actor.keyName : actor.name,
    action: entry.action,
    subject: entry.subject,
    subjectId: entry.subjectId ?? null,
    subjectName: entry.subjectName ?? null,
    changes: entry.changes ?? {},
  })
}

export const ListAudit = z.object({
  cursor: Cursor.optional(),
  subject: Text(40).optional(),
})

/** Newest first, fifty at a time. */
export async function listAudit(ctx: Ctx, input: z.infer<typeof ListAudit>) {
  const organizationId = need(ctx, 'audit:read')
  return page(auditEvent.id, input.cursor, (where, order, limit) =>
    ctx.db
      .select({
        id: auditEvent.id,
        at: auditEvent.at,
        actorName: auditEvent.actorName,
        action: auditEvent.action,
        subject: auditEvent.subject,
        subjectId: auditEvent.subjectId,
        subjectName: auditEvent.subjectName,
        changes: auditEvent.changes,
      })
      .from(auditEvent)
      .where(
        and(
          eq(auditEvent.organizationId, organizationId),
          input.subject ? eq(auditEvent.subject, input.subject) : undefined,
          where,
        ),
      )
      .orderBy(...order)
      .limit(limit),
  )
}
