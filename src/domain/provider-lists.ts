/** What an account has at its provider, as it stands there now: for choosing signatures and templates. Nothing of it is kept. */
import { z } from 'zod'
import { need, organizationOf } from './access.ts'
import { refreshAccount } from './approvals.ts'
import type { ProviderTemplate, Signature } from './channels/answers.ts'
import { channelIds } from './channels/contract.ts'
import type { Ctx } from './ctx.ts'
import { accountToNameFrom, asked } from './template-saving.ts'

export const ProviderLists = z.strictObject({
  channel: z.enum(channelIds),
  /** The account asked about; the validated one when null. */
  accountId: z.uuid().nullable(),
  /** The one signature and the one template to tell the details of: carriers, rules of the variables. */
  signature: z.string().max(100).optional(),
  template: z.string().max(100).optional(),
})

/**
 * The signatures and templates of an account, approved or not.
 * @throws DomainError `channel_not_configured`, `not_found`, `provider_unavailable`
 */
export async function providerLists(
  ctx: Ctx,
  { channel, accountId, signature, template }: z.infer<typeof ProviderLists>,
): Promise<{ account: { id: string; name: string }; signatures: Signature[]; templates: ProviderTemplate[] }> {
  const sender = await accountToNameFrom(ctx, channel, accountId)
  const { provider, config } = sender
  const [signatures, templates] = await asked(
    Promise.all([
      provider.signatures?.(config, { detailed: signature ? [signature] : [] }) ?? [],
      provider.templates?.(config, { detailed: template ? [template] : [] }) ?? [],
    ]),
  )
  return { account: { id: sender.accountId, name: sender.name }, signatures, templates }
}

/** Asks the provider of a channel's account now how its templates stand. @throws DomainError as `providerLists` */
export async function refreshApprovals(
  ctx: Ctx,
  { channel, accountId }: Pick<z.infer<typeof ProviderLists>, 'channel' | 'accountId'>,
): Promise<void> {
  need(ctx, 'templates:write')
  const sender = await accountToNameFrom(ctx, channel, accountId)
  await asked(refreshAccount(ctx, organizationOf(ctx), sender.accountId))
}
