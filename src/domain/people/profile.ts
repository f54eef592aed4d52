/** What a person changes about themselves, and the sessions they are signed in with. */
import { and, desc, eq, gt } from 'drizzle-orm'
import { z } from 'zod'
import { Trimmed } from '#channels/text.ts'
import { member, session, user } from '#db/schema/index.ts'
import type { Ctx } from '../base/ctx.ts'
import { notFound } from '../base/errors.ts'

type Deps = Pick<Ctx, 'db' | 'now'>

export const ChangeProfile = z.strictObject({
  name: Trimmed(80).min(1),
  language: z.enum(['en', 'zh-CN']).nullable(),
})

export async function changeProfile(
  { db, now }: Deps,
  userId: string,
  input: z.infer<typeof ChangeProfile>,
): Promise<void> {
  await db
    .update(user)
    .set({ ...input, updatedAt: now() })
    .where(eq(user.id, userId))
}

/** Sessions that are not over, the latest first. Their tokens are not part of it. */
export async function listSessions({ db, now }: Deps, userId: string, currentId: string) {
  const rows = await db
    .select({
      id: session.id,
      ipAddress: session.ipAddress,
      userAgent: session.userAgent,
      createdAt: session.createdAt,
      lastSeenAt: session.updatedAt,
    })
    .from(session)
    .where(and(eq(session.userId, userId), gt(session.expiresAt, now())))
    .orderBy(desc(session.updatedAt))
    .limit(100)
  return rows.map((row) => ({ ...row, current: row.id === currentId }))
}

/** Ends a session of one's own at once. @throws DomainError `not_found` */
export async function revokeSession({ db }: Deps, userId: string, id: string): Promise<void> {
  const ended = await db
    .delete(session)
    .where(and(eq(session.userId, userId), eq(session.id, id)))
    .returning({ id: session.id })
  if (ended.length === 0) throw notFound('session')
}

/** Lets a session work in another organization its person belongs to. @throws DomainError `not_found` */
export async function switchOrganization(
  { db }: Deps,
  userId: string,
  sessionId: string,
  organizationId: string,
): Promise<void> {
  const [row] = await db
    .select({ id: member.organizationId })
    .from(member)
    .where(and(eq(member.userId, userId), eq(member.organizationId, organizationId)))
  if (!row) throw notFound('organization')
  await db.update(session).set({ organizationId }).where(eq(session.id, sessionId))
}
