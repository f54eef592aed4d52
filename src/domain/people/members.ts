/** People of an organization: who they are, what role they hold, who is invited. There is always an owner. */
import { createHash, randomBytes } from 'node:crypto'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { z } from 'zod'
import { Text } from '#channels/text.ts'
import type { Db, Tx } from '#db/database.ts'
import { invitation, member, organization, type Role, roles, user } from '#db/schema/index.ts'
import { preparedQuery } from '#db/statement.ts'
import { need, person } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { ProblemCode } from '../base/codes.ts'
import type { Ctx } from '../base/ctx.ts'
import { DomainError, invalid, notFound } from '../base/errors.ts'
import { count } from '../base/limits.ts'
import { inOrder, SortOf } from '../base/paging.ts'

const invitationDays = 7
const hashToken = (token: string) => createHash('sha256').update(token).digest('base64url')

export type MemberView = { userId: string; name: string; email: string; role: Role; since: Date; isYou: boolean }

const texts = {
  name: sql<string>`lower(${user.name})`,
  email: sql<string>`${user.email}`,
  role: sql<string>`array_position(${sql.param(roles)}::text[], ${member.role})`,
  since: sql<string>`${member.createdAt}`,
}

export const ListMembers = z.strictObject({ sort: SortOf(['name', 'email', 'role', 'since']).optional() })

/** Members, by name unless sorted otherwise, and invitations not yet taken up (for those who may invite). */
export async function listMembers(ctx: Ctx, { sort = 'name' }: z.infer<typeof ListMembers> = {}) {
  const organizationId = need(ctx, 'members:read')
  const you = person(ctx)
  const [members, invitations] = await Promise.all([
    ctx.db
      .select({ userId: user.id, name: user.name, email: user.email, role: member.role, since: member.createdAt })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(eq(member.organizationId, organizationId))
      .orderBy(...inOrder(texts, sort), asc(user.id))
      .limit(500),
    ['owner', 'admin'].includes(you.role)
      ? ctx.db
          .select({
            id: invitation.id,
            email: invitation.email,
            role: invitation.role,
            createdAt: invitation.createdAt,
            expiresAt: invitation.expiresAt,
          })
          .from(invitation)
          .where(eq(invitation.organizationId, organizationId))
          .orderBy(asc(invitation.email))
          .limit(500)
      : [],
  ])
  return { members: members.map((row): MemberView => ({ ...row, isYou: row.userId === you.id })), invitations }
}

/** Only an owner makes, changes or removes owners. */
function mayManage(ctx: Ctx, ...concerned: Role[]): void {
  if (concerned.includes('owner') && ctx.actor.kind === 'user' && ctx.actor.role !== 'owner') {
    throw new DomainError('forbidden', 'Only an owner manages owners.', { reason: 'owners_only' })
  }
}

export const Invite = z.strictObject({
  email: z.email({ error: 'invalid_email' satisfies ProblemCode }).max(254),
  role: z.enum(roles),
})

/** Invites an address; the token is shown once. Inviting an address again replaces its earlier invitation. */
export async function inviteMember(
  ctx: Ctx,
  input: z.infer<typeof Invite>,
): Promise<{ token: string; expiresAt: Date }> {
  const organizationId = need(ctx, 'members:write')
  mayManage(ctx, input.role)
  await count(ctx, `invite:${organizationId}`, { most: 100, seconds: 3600 })
  const email = input.email.toLowerCase()
  const token = randomBytes(24).toString('base64url')
  const expiresAt = new Date(ctx.now().getTime() + invitationDays * 86_400_000)
  await ctx.db.transaction(async (tx) => {
    const [already] = await tx
      .select({ id: user.id })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(and(eq(member.organizationId, organizationId), eq(user.email, email)))
    if (already) throw invalid({ path: 'email', code: 'already_member' })
    const [earlier] = await tx
      .select({ role: invitation.role })
      .from(invitation)
      .where(and(eq(invitation.organizationId, organizationId), eq(invitation.email, email)))
      .for('update')
    if (earlier) mayManage(ctx, earlier.role)
    const values = {
      role: input.role,
      tokenHash: hashToken(token),
      invitedBy: ctx.actor.kind === 'user' ? ctx.actor.id : null,
      createdAt: ctx.now(),
      expiresAt,
    }
    await tx
      .insert(invitation)
      .values({ ...values, id: v7(), organizationId, email })
      .onConflictDoUpdate({ target: [invitation.organizationId, invitation.email], set: values })
    await record(ctx, tx, {
      action: 'invited',
      subject: 'invitation',
      subjectName: email,
      changes: { role: input.role },
    })
  })
  return { token, expiresAt }
}

export async function revokeInvitation(ctx: Ctx, id: string): Promise<void> {
  const organizationId = need(ctx, 'members:write')
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .delete(invitation)
      .where(and(eq(invitation.organizationId, organizationId), eq(invitation.id, id)))
      .returning()
    if (!row) throw notFound('invitation')
    mayManage(ctx, row.role)
    await record(ctx, tx, { action: 'revoked', subject: 'invitation', subjectId: id, subjectName: row.email })
  })
}

/** What an invitation's link shows before it is taken up; undefined when it is unknown or over. */
export async function findInvitation(db: Db | Tx, token: string, now: Date) {
  const [row] = await db
    .select({
      id: invitation.id,
      email: invitation.email,
      role: invitation.role,
      organizationId: invitation.organizationId,
      organization: organization.name,
    })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .where(and(eq(invitation.tokenHash, hashToken(token)), gt(invitation.expiresAt, now)))
  return row
}

/** Makes the person a member and uses the invitation up. @throws DomainError `not_found` when it is unknown, used or over */
export async function acceptInvitation(
  ctx: Pick<Ctx, 'db' | 'now'>,
  token: string,
  who: { userId: string; email: string; name: string },
): Promise<string> {
  return ctx.db.transaction(async (tx) => {
    const pending = await findInvitation(tx, token, ctx.now())
    if (!pending || pending.email !== who.email.toLowerCase()) throw notFound('invitation')
    const used = await tx.delete(invitation).where(eq(invitation.id, pending.id)).returning({ id: invitation.id })
    if (used.length === 0) throw notFound('invitation')
    await tx
      .insert(member)
      .values({ organizationId: pending.organizationId, userId: who.userId, role: pending.role, createdAt: ctx.now() })
      .onConflictDoNothing()
    const actor = {
      kind: 'user',
      id: who.userId,
      name: who.name,
      email: who.email,
      organizationId: pending.organizationId,
      role: pending.role,
    } as const
    await record({ ...ctx, actor } as Ctx, tx, {
      action: 'joined',
      subject: 'member',
      subjectId: who.userId,
      subjectName: who.email,
      changes: { role: pending.role },
    })
    return pending.organizationId
  })
}

export const ChangeRole = z.strictObject({ userId: Text(64), role: z.enum(roles) })

/** Locks the members of the organization and makes sure that an owner stays. */
async function lockedMember(ctx: Ctx, tx: Tx, organizationId: string, userId: string, after: Role | null) {
  const all = await tx
    .select()
    .from(member)
    .where(eq(member.organizationId, organizationId))
    .orderBy(asc(member.userId))
    .for('update')
  const row = all.find((candidate) => candidate.userId === userId)
  if (!row) throw notFound('member')
  mayManage(ctx, row.role, ...(after ? [after] : []))
  const ownersLeft = all.filter((candidate) => candidate.role === 'owner' && candidate.userId !== userId).length
  if (row.role === 'owner' && after !== 'owner' && ownersLeft === 0) {
    throw new DomainError('conflict', 'An organization needs an owner.', { reason: 'last_owner' })
  }
  const [about] = await tx.select({ email: user.email }).from(user).where(eq(user.id, userId))
  return { row, email: about?.email ?? '' }
}

export async function changeRole(ctx: Ctx, input: z.infer<typeof ChangeRole>): Promise<void> {
  const organizationId = need(ctx, 'members:write')
  await ctx.db.transaction(async (tx) => {
    const { row, email } = await lockedMember(ctx, tx, organizationId, input.userId, input.role)
    await tx
      .update(member)
      .set({ role: input.role })
      .where(and(eq(member.organizationId, organizationId), eq(member.userId, input.userId)))
    await record(ctx, tx, {
      action: 'changed',
      subject: 'member',
      subjectId: input.userId,
      subjectName: email,
      changes: { role: input.role, before: row.role },
    })
  })
}

/** Takes a person out of the organization; what they did stays in the audit trail. */
export async function removeMember(ctx: Ctx, userId: string): Promise<void> {
  const organizationId = need(ctx, 'members:write')
  await ctx.db.transaction(async (tx) => {
    const { row, email } = await lockedMember(ctx, tx, organizationId, userId, null)
    await tx.delete(member).where(and(eq(member.organizationId, organizationId), eq(member.userId, userId)))
    await record(ctx, tx, {
      action: 'removed',
      subject: 'member',
      subjectId: userId,
      subjectName: email,
      changes: { role: row.role },
    })
  })
}

/** The organizations of a person, with the role in each. */
export const organizationsOf = (db: Db | Tx, userId: string) => findOrganizations(db, { userId })

const findOrganizations = preparedQuery((db) =>
  db
    .select({ id: organization.id, name: organization.name, role: member.role })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(member.userId, sql.placeholder('userId')))
    .orderBy(asc(organization.name))
    .prepare('organizations_of'),
)

/** Whether anybody has signed up yet: the first visit creates the owner only while nobody has. */
export const hasPeople = async (db: Db | Tx): Promise<boolean> =>
  (await db.select({ id: user.id }).from(user).limit(1)).length > 0

/** A new organization with its first owner. */
export async function createOrganization(ctx: Pick<Ctx, 'db' | 'now'>, name: string, ownerId: string): Promise<string> {
  const id = v7()
  await ctx.db.transaction(async (tx) => {
    await tx.insert(organization).values({ id, name, createdAt: ctx.now() })
    await tx.insert(member).values({ organizationId: id, userId: ownerId, role: 'owner', createdAt: ctx.now() })
  })
  return id
}

/** The person of an address and the organization they first belonged to. */
export async function findMembership(
  db: Db | Tx,
  email: string,
): Promise<{ userId: string; organizationId: string } | undefined> {
  const [row] = await db
    .select({ userId: user.id, organizationId: member.organizationId })
    .from(user)
    .innerJoin(member, eq(member.userId, user.id))
    .where(eq(user.email, email))
    .orderBy(asc(member.createdAt))
    .limit(1)
  return row
}
