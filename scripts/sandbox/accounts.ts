/** The accounts that the sandbox begins with, through the verbs of the console: saved, checked against the simulator, in force. */
import { isDeepStrictEqual } from 'node:util'
import type { ChannelId } from '#channels/traits.ts'
import { type AccountView, listAccounts } from '#domain/accounts/accounts.ts'
import { saveAccount } from '#domain/accounts/saving.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import type { Ctx } from '#domain/base/ctx.ts'

export type SampleAccount = { channel: ChannelId; provider: string; name: string; config: Record<string, unknown> }

/** Runs a verb that tells of its stages to its end. */
export async function endOf<End>(work: AsyncGenerator<unknown, End>): Promise<End> {
  for (;;) {
    const step = await work.next()
    if (step.done) return step.value
  }
}

const isInForce = ({ state }: AccountView): boolean => state === 'validated' || state === 'failing'

export async function findSample(
  ctx: Ctx,
  { channel, provider, name }: Omit<SampleAccount, 'config'>,
): Promise<AccountView | undefined> {
  const accounts = await listAccounts(ctx, channel)
  return accounts.find((account) => account.provider === provider && account.name === name)
}

/** Adds the account, and puts it in force unless another one of its channel is. @throws Error when its check fails */
export async function addSample(ctx: Ctx, sample: SampleAccount): Promise<string> {
  const known = await findSample(ctx, sample)
  const saved = known ? undefined : await endOf(saveAccount(ctx, sample))
  const id = known?.id ?? (saved?.saved ? saved.id : '')
  if ((await listAccounts(ctx, sample.channel)).some(isInForce)) return id
  const outcome = await endOf(validateAccount(ctx, { id }))
  if (!outcome.ok) throw new Error(`"${sample.name}" did not pass its check: ${JSON.stringify(outcome.stages)}`)
  return id
}

/**
 * The simulator may have another port or key than at the last start: the account follows, as long as it is still there and
 * still has what it was given then.
 */
export async function followSimulator(ctx: Ctx, sample: SampleAccount, before: Record<string, unknown>): Promise<void> {
  if (isDeepStrictEqual({ ...before, ...sample.config }, before)) return
  const account = await findSample(ctx, sample)
  const config = account?.config
  if (!config) return
  const isAsGiven = Object.entries(before).every(([name, value]) => !(name in config) || config[name] === value)
  if (!isAsGiven) return
  const input = { ...sample, id: account.id, config: { ...config, ...sample.config } }
  const outcome = await endOf(saveAccount(ctx, input))
  if (!outcome.saved) console.error(`"${sample.name}" stays as it was: ${JSON.stringify(outcome.checked.stages)}`)
}
