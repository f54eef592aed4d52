/**
 * Saving a template with its provider's word: what an account's provider keeps is asked for at that moment, and refused
 * unless it is approved. Promises that what is stored is the provider's own text.
 */
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { approvalFrom, judgeNamed, type Lists } from '#channels/approval.ts'
import type { Channel, Provider } from '#channels/contract.ts'
import type { ChannelId } from '#channels/traits.ts'
import type { Tx } from '#db/database.ts'
import { account } from '#db/schema/index.ts'
import { type Sender, senderFor } from '../accounts/sender.ts'
import { need } from '../base/access.ts'
import type { Ctx } from '../base/ctx.ts'
import { DomainError, invalid, notFound } from '../base/errors.ts'
import { providerAnswer } from '../base/problems.ts'
import { getScenario } from '../scenarios/scenarios.ts'
import { lockTemplatesOf, provenApproval } from './approvals.ts'
import { type Bound, checkContent, type SaveTemplate, saveTemplate } from './templates.ts'

/**
 * The account that contents of a channel are made for: the one named, else the validated one.
 * @throws DomainError `channel_not_configured`, `not_found`
 */
export async function accountToNameFrom(ctx: Ctx, channel: ChannelId, accountId: string | null): Promise<Sender> {
  const organizationId = need(ctx, 'templates:read')
  const [row] = await ctx.db
    .select({ id: account.id })
    .from(account)
    .where(
      and(
        eq(account.organizationId, organizationId),
        eq(account.channel, channel),
        accountId ? eq(account.id, accountId) : eq(account.validated, true),
      ),
    )
  if (!row && accountId) throw notFound('account')
  const sender = row && (await senderFor(ctx, organizationId, row.id))
  if (!sender) throw new DomainError('channel_not_configured', 'The channel has no validated account.')
  return sender
}

async function listsFor(provider: Provider, config: unknown, named: { signature: string }[]): Promise<Lists> {
  const detailed = named.map(({ signature }) => signature)
  const [signatures, templates] = await providerAnswer(
    Promise.all([provider.signatures?.(config, { detailed }) ?? [], provider.templates?.(config) ?? []]),
  )
  return { signatures, templates }
}

/**
 * The content with the provider's own texts, and how it stands. What is written here nobody has to approve.
 * @throws DomainError `invalid_request` unless all is approved
 */
async function approvedContent(channel: Channel, content: unknown, sender: Sender) {
  const { named } = channel
  if (!named || sender.provider.texts?.kind === 'written') return { content, approval: {} }
  const lists = await listsFor(sender.provider, sender.config, named.in(content))
  const own = named.in(content).reduce((whole: unknown, part) => {
    const listed = lists.templates.find(({ code }) => code === part.template)
    return listed ? named.put(whole, { ...part, text: listed.text }) : whole
  }, content)
  const judgements = judgeNamed(channel, own, lists)
  const problems = Object.entries(judgements).flatMap(([audience, { path, blocked, detail }]) =>
    path && blocked
      ? [{ path: `content.${named.paths(audience)[path]}`, code: blocked, ...(detail ? { params: { detail } } : {}) }]
      : [],
  )
  if (problems.length > 0) throw invalid(...problems)
  return { content: own, approval: approvalFrom(judgements) }
}

/**
 * Saves a template as `saveTemplate` does, for the account it names. What the account's provider keeps has to be approved now;
 * what the provider cannot be asked about is saved, and may be used once a call has proven it.
 * @throws DomainError as `saveTemplate`; `invalid_request` with what is not approved; `provider_unavailable`;
 *   `channel_not_configured` when there is no account to name from
 */
export async function saveCheckedTemplate(ctx: Ctx, input: z.input<typeof SaveTemplate>) {
  need(ctx, 'templates:write')
  const channel = ctx.catalog.channels.find(({ id }) => id === input.channel)
  if (!channel?.named && !channel?.provenBy) return saveTemplate(ctx, { ...input, accountId: null })
  const scenario = await getScenario(ctx, input.scenario)
  const checked = checkContent(ctx, input.channel, scenario, input.content)
  const sender = await accountToNameFrom(ctx, input.channel, input.accountId ?? null)
  const approved = await approvedContent(channel, checked.content, sender)
  const { accountId } = sender
  const subject = channel.provenBy?.(approved.content)
  const boundIn = async (tx: Tx): Promise<Bound> => {
    const approvalAt = ctx.now()
    await lockTemplatesOf(tx, accountId)
    if (subject === undefined) return { approval: approved.approval, approvalAt }
    return { approval: await provenApproval({ ...ctx, db: tx }, accountId, subject), approvalAt }
  }
  return saveTemplate(
    ctx,
    { ...input, content: approved.content, accountId },
    { texts: sender.provider.texts, boundIn },
  )
}
