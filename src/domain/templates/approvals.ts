/**
 * What providers say about contents that live with them: whether a template's signature and text are approved, or a call has
 * shown that they are. Promises that a template which lost its approval is not used, and is used again once it has it back.
 */
import { and, eq, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import { approvalFrom, judgeNamed } from '#channels/approval.ts'
import { everybody, LookupError } from '#channels/contract.ts'
import type { ChannelId } from '#channels/traits.ts'
import type { Tx } from '#db/database.ts'
import { account, type TemplateApproval, template, templateProof } from '#db/schema/index.ts'
import { senderFor } from '../accounts/sender.ts'
import type { TemplateFault } from '../base/codes.ts'
import type { Ctx } from '../base/ctx.ts'

/** Held by whoever writes a proof or stores a template for an account, so that neither misses the other nor what takes them along. */
export const lockTemplatesOf = (tx: Tx, accountId: string) =>
  tx.select({ id: account.id }).from(account).where(eq(account.id, accountId)).for('no key update')

const proofOf = (accountId: string, subject: string) =>
  and(eq(templateProof.accountId, accountId), eq(templateProof.subject, subject))

/** The approval of a content whose provider cannot be asked: what the last call with it has shown. */
export async function provenApproval(ctx: Ctx, accountId: string, subject: string): Promise<TemplateApproval> {
  const [proof] = await ctx.db.select().from(templateProof).where(proofOf(accountId, subject))
  if (proof?.state === 'proven') return {}
  const blocked: TemplateFault = proof ? 'refused_by_provider' : 'not_proven'
  return { [everybody]: { blocked, detail: [proof?.detail, proof?.code].filter(Boolean).join(' · '), remarks: [] } }
}

type Refusal = { code: string; detail: string }

/**
 * Records what a call has shown about a content, for every template of the account with the same subject. What was proven
 * since the call began is not disproved by it.
 */
export async function recordProof(
  ctx: Ctx,
  of: { accountId: string; channel: ChannelId; content: unknown; startedAt: Date },
  refusal?: Refusal,
): Promise<void> {
  const channel = ctx.catalog.channel(of.channel)
  const subject = channel.provenBy?.(of.content)
  if (!subject) return
  await ctx.db.transaction(async (tx) => {
    await lockTemplatesOf(tx, of.accountId)
    const [earlier] = await tx.select().from(templateProof).where(proofOf(of.accountId, subject))
    if (refusal && earlier?.state === 'proven' && earlier.at > of.startedAt) return
    const at = ctx.now()
    const shown = { state: refusal ? ('refused' as const) : ('proven' as const), code: refusal?.code ?? null, at }
    const proof = { ...shown, detail: refusal?.detail ?? null }
    await tx
      .insert(templateProof)
      .values({ ...proof, accountId: of.accountId, subject })
      .onConflictDoUpdate({ target: [templateProof.accountId, templateProof.subject], set: proof })
    const rows = await tx
      .select({ id: template.id, content: template.content })
      .from(template)
      .where(eq(template.accountId, of.accountId))
      .orderBy(template.id)
      .for('update')
    const approval = await provenApproval({ ...ctx, db: tx }, of.accountId, subject)
    for (const { id } of rows.filter(({ content }) => channel.provenBy?.(content) === subject)) {
      await tx
        .update(template)
        .set({ approval, approvalAt: at, ...(refusal ? {} : { usableSince: at }) })
        .where(eq(template.id, id))
    }
  })
}

/** Why a template is not used whose refusal its provider could not be asked about: a key of `Reason.*`. */
const unconfirmed = 'refused_unconfirmed'

/** Asks the provider whether a refusal holds; false when its lists say that everything is approved. */
async function isConfirmed(
  ctx: Ctx,
  {
    id,
    version,
    audience,
    ...of
  }: Pick<typeof template.$inferSelect, 'id' | 'version' | 'organizationId'> & { accountId: string; audience: string },
): Promise<boolean | undefined> {
  try {
    await refreshAccount(ctx, of.organizationId, of.accountId)
  } catch (error) {
    if (!(error instanceof LookupError)) throw error
    ctx.log.warn({ err: error, accountId: of.accountId }, 'a provider could not be asked about its refusal')
    return undefined
  }
  const [row] = await ctx.db
    .select({ approval: template.approval })
    .from(template)
    .where(and(eq(template.id, id), eq(template.version, version)))
  return !row || Boolean(row.approval[audience]?.blocked)
}

/**
 * Stops using a template that its provider refused at a send. Where the provider's lists tell about what was refused it is
 * asked first: one refusal against their word stops nothing, and false is returned. A template that was saved, or approved,
 * since the send began is not what the refusal was about.
 */
export async function blockTemplate(
  ctx: Ctx,
  refused: { templateId: string; audience: string; startedAt: Date; isListed: boolean } & Refusal,
): Promise<boolean> {
  const { startedAt, audience } = refused
  const isOlder = and(
    lte(template.updatedAt, startedAt),
    or(isNull(template.usableSince), lte(template.usableSince, startedAt)),
  )
  const [row] = await ctx.db
    .select()
    .from(template)
    .where(and(eq(template.id, refused.templateId), isOlder))
  if (!row?.accountId || row.approval[audience]?.blocked) return true
  const { accountId } = row
  const channel = row.channel as ChannelId
  if (ctx.catalog.channel(channel).provenBy) {
    ctx.log.warn(
      { templateId: row.id, providerCode: refused.code },
      'a template was refused by its provider and is not used',
    )
    await recordProof(ctx, { accountId, channel, content: row.content, startedAt }, refused)
    return true
  }
  const confirmed = refused.isListed ? await isConfirmed(ctx, { ...row, accountId, audience }) : undefined
  if (confirmed === false) return false
  ctx.log.warn(
    { templateId: row.id, providerCode: refused.code },
    'a template was refused by its provider and is not used',
  )
  if (confirmed) return true
  const detail = [refused.detail, refused.code].filter(Boolean).join(' · ')
  const reason = refused.isListed ? unconfirmed : 'refused_by_provider'
  const blocked = { blocked: reason, detail, remarks: row.approval[audience]?.remarks ?? [] }
  await ctx.db
    .update(template)
    .set({ approval: sql`${template.approval} || ${JSON.stringify({ [audience]: blocked })}::jsonb` })
    .where(and(eq(template.id, row.id), eq(template.version, row.version), isOlder))
  return true
}

/**
 * What a provider refused at a send, and its lists do not tell about, stays refused until a person saves the template again,
 * unless they name a reason.
 */
function keepRefusals(before: TemplateApproval, now: TemplateApproval): TemplateApproval {
  const kept = Object.entries(now).map(([audience, approval]) => {
    const old = before[audience]
    return [audience, old?.blocked === 'refused_by_provider' && approval.blocked === null ? old : approval]
  })
  return Object.fromEntries(kept)
}

/** Whether an audience that was blocked is not blocked any more. */
const isFreed = (before: TemplateApproval, now: TemplateApproval): boolean =>
  Object.entries(before).some(([audience, { blocked }]) => blocked !== null && now[audience]?.blocked === null)

/**
 * Asks an account's provider anew about everything its templates name, and keeps what it says.
 * @throws LookupError where the provider did not answer; nothing is changed then
 */
export async function refreshAccount(ctx: Ctx, organizationId: string, accountId: string): Promise<void> {
  // Ahead of the access that is asked with: whoever saves another one takes `approvalAt` away, and is noticed.
  const rows = await ctx.db.select().from(template).where(eq(template.accountId, accountId)).limit(5000)
  const sender = await senderFor(ctx, organizationId, accountId)
  const { signatures, templates } = sender?.provider ?? {}
  const channel = sender && ctx.catalog.channel(sender.provider.channel)
  if (!sender || !channel?.named || !signatures || !templates) return
  const named = rows.flatMap(({ content }) => channel.named?.in(content) ?? [])
  const lists = {
    signatures: await signatures(sender.config, { detailed: [...new Set(named.map(({ signature }) => signature))] }),
    templates: await templates(sender.config),
  }
  for (const row of rows) await keepApproval(ctx, row, approvalFrom(judgeNamed(channel, row.content, lists)))
}

type Looked = Pick<typeof template.$inferSelect, 'id' | 'version' | 'approvalAt'>

/** Stores the approval of a version of a template, unless it, or the access of its account, was saved anew meanwhile. */
async function keepApproval(ctx: Ctx, { id, version, approvalAt }: Looked, reported: TemplateApproval) {
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select({ approval: template.approval })
      .from(template)
      .where(
        and(
          ...[eq(template.id, id), eq(template.version, version)],
          approvalAt ? eq(template.approvalAt, approvalAt) : undefined,
        ),
      )
      .for('update')
    if (!row) return
    const at = ctx.now()
    const approval = keepRefusals(row.approval, reported)
    const freed = isFreed(row.approval, approval) ? { usableSince: at } : {}
    await tx
      .update(template)
      .set({ approval, approvalAt: at, ...freed })
      .where(eq(template.id, id))
  })
}

/** How often a provider is asked again, in milliseconds. */
const refreshEvery = 10 * 60_000

/** Refreshes the account whose templates were read longest ago. False when none is due. */
export async function refreshNext(ctx: Ctx): Promise<boolean> {
  const channels = ctx.catalog.channels.filter(({ named }) => named).map(({ id }) => id)
  if (channels.length === 0) return false
  const now = ctx.now()
  const due = or(isNull(template.approvalAt), lte(template.approvalAt, new Date(now.getTime() - refreshEvery)))
  const [next] = await ctx.db
    .select({ accountId: template.accountId, organizationId: template.organizationId })
    .from(template)
    .where(and(inArray(template.channel, channels), isNotNull(template.accountId), due))
    .orderBy(sql`${template.approvalAt} nulls first`)
    .limit(1)
  if (!next?.accountId) return false
  // Noted before asking: another worker turns to the next account, and one that does not answer is not asked all the time.
  const taken = await ctx.db
    .update(template)
    .set({ approvalAt: now })
    .where(and(eq(template.accountId, next.accountId), due))
    .returning({ id: template.id })
  if (taken.length > 0) {
    await refreshAccount(ctx, next.organizationId, next.accountId).catch((error: unknown) =>
      ctx.log.warn({ err: error, accountId: next.accountId }, 'approvals could not be read'),
    )
  }
  return true
}
