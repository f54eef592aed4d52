/**
 * The message templates that official accounts have at their provider, and how the push rules that name them stand. Promises
 * that a rule whose template is gone is not used, and is used again once its provider lists the template again.
 */
import { and, asc, eq, exists, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { ProviderTemplate } from '#channels/answers.ts'
import { LookupError } from '#channels/contract.ts'
import type { OfficialAccountContent } from '#channels/official-account/content.ts'
import { isByRules, ruleChannel } from '#channels/traits.ts'
import { account, pushRule } from '#db/schema/index.ts'
import { type Sender, senderFor } from '../accounts/sender.ts'
import { need } from '../base/access.ts'
import type { RuleFault } from '../base/codes.ts'
import type { Ctx } from '../base/ctx.ts'
import { notFound } from '../base/errors.ts'
import { providerAnswer } from '../base/problems.ts'

/**
 * Why a rule is invalid, keys of `Reason.*`: its provider does not list its template; refused what it says at a send; or
 * refused its template, and could not be asked whether that is gone.
 */
const gone: RuleFault = 'template_gone'
const refusedAtSend: RuleFault = 'refused_at_send'
const unconfirmed: RuleFault = 'refused_unconfirmed'

/** What the channel made of it when the rule was saved. */
export const contentOf = (stored: unknown): OfficialAccountContent => stored as OfficialAccountContent

/** An official account of the organization, ready to be asked. @throws DomainError `not_found` */
export async function officialSender(ctx: Ctx, organizationId: string, id: string): Promise<Sender> {
  const sender = await senderFor(ctx, organizationId, id)
  if (!sender || !isByRules(sender.provider.channel)) throw notFound('account')
  return sender
}

/**
 * The rules of an account are held against its provider's list. An empty list proves nothing: some templates are not listed.
 * What a rule says, and was refused at a send, stays refused until a person saves the rule again.
 */
async function judgeRules(ctx: Ctx, accountId: string, list: readonly ProviderTemplate[]): Promise<void> {
  if (list.length === 0) return
  const rows = await ctx.db.select().from(pushRule).where(eq(pushRule.accountId, accountId)).limit(5000)
  for (const row of rows) {
    const isListed = list.some(({ code }) => code === contentOf(row.content).templateId)
    const isTakenForGone = row.invalidReason === gone || row.invalidReason === unconfirmed
    if (isListed !== isTakenForGone) continue
    await ctx.db
      .update(pushRule)
      .set(isListed ? { invalidReason: null, usableSince: ctx.now() } : { invalidReason: gone })
      .where(and(eq(pushRule.id, row.id), eq(pushRule.version, row.version)))
  }
}

/** Asks for an account's templates, and keeps what that says about its rules. @throws LookupError; nothing is changed then */
export async function readTemplates(ctx: Ctx, { accountId, provider, config }: Sender): Promise<ProviderTemplate[]> {
  const list = (await provider.templates?.(config)) ?? []
  await ctx.db
    .update(account)
    .set({ templateCount: list.length, templatesAskedAt: ctx.now() })
    .where(eq(account.id, accountId))
  await judgeRules(ctx, accountId, list)
  return list
}

/** `readTemplates` where an answer is welcome and not needed; undefined where none came. */
export async function tryToReadTemplates(ctx: Ctx, sender: Sender): Promise<ProviderTemplate[] | undefined> {
  try {
    return await readTemplates(ctx, sender)
  } catch (error) {
    if (!(error instanceof LookupError)) throw error
    ctx.log.warn({ err: error, accountId: sender.accountId }, 'message templates could not be read')
    return undefined
  }
}

/** The templates of an account, asked for now. @throws DomainError `not_found`, `provider_unavailable` */
export async function messageTemplates(ctx: Ctx, accountId: string): Promise<ProviderTemplate[]> {
  const organizationId = need(ctx, 'push-rules:write')
  return providerAnswer(readTemplates(ctx, await officialSender(ctx, organizationId, accountId)))
}

/**
 * Stops using a rule that its provider refused at a send, unless the rule is another version by now. Where it was the template
 * that was refused the provider is asked whether that is gone: one refusal of a template that it lists stops nothing, and
 * false is returned.
 */
export async function invalidateRule(
  ctx: Ctx,
  sender: Sender,
  refused: { ruleId: string; version: number; code: string; isListed: boolean },
): Promise<boolean> {
  const list = refused.isListed ? await tryToReadTemplates(ctx, sender) : []
  const ofRule = and(eq(pushRule.id, refused.ruleId), eq(pushRule.version, refused.version))
  const [rule] = await ctx.db.select().from(pushRule).where(ofRule)
  if (!rule || rule.invalidReason) return true
  if (list?.some(({ code }) => code === contentOf(rule.content).templateId)) return false
  const reason = !refused.isListed ? refusedAtSend : list ? gone : unconfirmed
  const marked = await ctx.db
    .update(pushRule)
    .set({ invalidReason: reason })
    .where(and(ofRule, isNull(pushRule.invalidReason)))
    .returning({ id: pushRule.id })
  if (marked.length > 0) {
    ctx.log.warn(
      { ruleId: refused.ruleId, providerCode: refused.code },
      'what a push rule says was refused: it is not used',
    )
  }
  return true
}

async function refresh(ctx: Ctx, { id, organizationId }: { id: string; organizationId: string }): Promise<void> {
  const sender = await senderFor(ctx, organizationId, id)
  if (sender) await readTemplates(ctx, sender)
}

/** How often a provider is asked again, in milliseconds. */
const refreshEvery = 30 * 60_000

/** Asks for the templates of the account in use that was asked longest ago, if that is long ago. False when none is due. */
export async function refreshNextTemplates(ctx: Ctx): Promise<boolean> {
  const now = ctx.now()
  const due = or(
    isNull(account.templatesAskedAt),
    lte(account.templatesAskedAt, new Date(now.getTime() - refreshEvery)),
  )
  const [next] = await ctx.db
    .select({ id: account.id, organizationId: account.organizationId })
    .from(account)
    .where(
      and(
        eq(account.channel, ruleChannel),
        inArray(
          account.provider,
          ctx.catalog.providers.map(({ id }) => id),
        ),
        due,
        exists(ctx.db.select({ id: pushRule.id }).from(pushRule).where(eq(pushRule.accountId, account.id))),
      ),
    )
    .orderBy(sql`${account.templatesAskedAt} nulls first`, asc(account.id))
    .limit(1)
  if (!next) return false
  // Noted before asking: another worker turns to the next account, and one that does not answer is not asked all the time.
  const taken = await ctx.db
    .update(account)
    .set({ templatesAskedAt: now })
    .where(and(eq(account.id, next.id), due))
    .returning({ id: account.id })
  if (taken.length > 0) {
    await refresh(ctx, next).catch((error: unknown) =>
      ctx.log.warn({ err: error, accountId: next.id }, 'message templates could not be read'),
    )
  }
  return true
}
