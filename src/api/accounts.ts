/** Accounts. Saving and validating answer as a stream: each stage as it ends, then how it ended. */
import { z } from 'zod'
import { describeFields } from '#channels/fields.ts'
import { channelIds } from '#channels/traits.ts'
import { listAccounts, listChannelStates, removeAccount } from '#domain/accounts/accounts.ts'
import { rotateReceiptAddress } from '#domain/accounts/receipt-address.ts'
import { SaveAccount, saveAccount } from '#domain/accounts/saving.ts'
import { findTakeable, TakeableFrom } from '#domain/accounts/taking-along.ts'
import { ValidateAccount, validateAccount } from '#domain/accounts/validation.ts'
import { streamed } from './stages.ts'
import { procedure, router } from './trpc.ts'

export const accountsRouter = router({
  list: procedure
    .input(z.object({ channel: z.enum(channelIds) }))
    .query(({ ctx, input }) => listAccounts(ctx.domain, input.channel)),
  channels: procedure.query(({ ctx }) => listChannelStates(ctx.domain)),
  /** A channel's providers: the fields of their form, presets that fill them, whether their check can also send, and their texts. */
  forms: procedure.input(z.object({ channel: z.enum(channelIds) })).query(({ ctx, input }) =>
    ctx.domain.catalog.providers
      .filter((provider) => provider.channel === input.channel)
      .map((provider) => ({
        provider: provider.id,
        fields: describeFields(provider.config),
        presets: provider.presets ?? [],
        checkSends: provider.checkSends ?? false,
        texts: provider.texts ?? null,
      })),
  ),
  save: procedure.input(SaveAccount).mutation(({ ctx, input }) => streamed(saveAccount(ctx.domain, input))),
  validate: procedure.input(ValidateAccount).mutation(({ ctx, input }) => streamed(validateAccount(ctx.domain, input))),
  takeable: procedure.input(TakeableFrom).query(({ ctx, input }) => findTakeable(ctx.domain, input)),
  rotateReceiptAddress: procedure
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => rotateReceiptAddress(ctx.domain, input.id)),
  remove: procedure.input(z.object({ id: z.uuid() })).mutation(({ ctx, input }) => removeAccount(ctx.domain, input.id)),
})
