/** What an account has at its provider, as it stands there now: for choosing signatures and templates. Nothing of it is kept. */
import { z } from 'zod'
import type { ProviderTemplate, Signature } from '#channels/answers.ts'
import { Text } from '#channels/text.ts'
import { channelIds } from '#channels/traits.ts'
import { need, organizationOf } from '../base/access.ts'
import type { Ctx } from '../base/ctx.ts'
import { providerAnswer } from '../base/problems.ts'
import { refreshAccount } from './approvals.ts'
import { accountToNameFrom } from './saving.ts'

export const ProviderLists = z.strictObject({
  channel: z.enum(channelIds),
  /** The account asked about; the validated one when null. */
  accountId: z.uuid().nullable(),
})

/**
 * The signatures and templates of an account, approved or not, without their details.
 * @throws DomainError `channel_not_configured`, `not_found`, `provider_unavailable`
 */
export async function providerLists(
  ctx: Ctx,
  { channel, accountId }: z.infer<typeof ProviderLists>,
): Promise<{ account: { id: string; name: string }; signatures: Signature[]; templates: ProviderTemplate[] }> {
  const sender = await accountToNameFrom(ctx, channel, accountId)
  const { provider, config } = sender
  const [signatures, templates] = await providerAnswer(
    Promise.all([provider.signatures?.(config, { detailed: [] }) ?? [], provider.templates?.(config) ?? []]),
  )
  return { account: { id: sender.accountId, name: sender.name }, signatures, templates }
}

export const ProviderDetails = z.strictObject({
  ...ProviderLists.shape,
  about: z.union([z.strictObject({ signature: Text(100).min(1) }), z.strictObject({ template: Text(100).min(1) })]),
})

/**
 * What the lists do not tell of one choice: the carriers of a signature, or the rules of a template's variables. Asks for that
 * one only; empty where the provider knows nothing of it.
 * @throws DomainError as `providerLists`
 */
export async function providerDetails(
  ctx: Ctx,
  { channel, accountId, about }: z.infer<typeof ProviderDetails>,
): Promise<{ carriers: Signature['carriers']; rules: Record<string, string> }> {
  const { provider, config } = await accountToNameFrom(ctx, channel, accountId)
  const nothing = { carriers: [], rules: {} }
  if ('signature' in about) {
    const carriers = await providerAnswer(Promise.resolve(provider.carriers?.(config, about.signature)))
    return { ...nothing, carriers: carriers ?? [] }
  }
  const rules = await providerAnswer(Promise.resolve(provider.rules?.(config, about.template)))
  return { ...nothing, rules: rules ?? {} }
}

/** Asks the provider of a channel's account now how its templates stand. @throws DomainError as `providerLists` */
export async function refreshApprovals(ctx: Ctx, { channel, accountId }: z.infer<typeof ProviderLists>): Promise<void> {
  need(ctx, 'templates:write')
  const sender = await accountToNameFrom(ctx, channel, accountId)
  await providerAnswer(refreshAccount(ctx, organizationOf(ctx), sender.accountId))
}
