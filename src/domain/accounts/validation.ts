/**
 * Validate: proves an account against the real service, stage by stage, and puts it in force when all stages pass.
 * At most one account of a channel is in force; the partial unique index says so, the lock keeps concurrent clicks orderly.
 */
import { and, asc, eq, ne } from 'drizzle-orm'
import { z } from 'zod'
import type { Provider, StageResult } from '#channels/contract.ts'
import { describeFields } from '#channels/fields.ts'
import { Trimmed } from '#channels/text.ts'
import { isSideBySide } from '#channels/traits.ts'
import type { Tx } from '#db/database.ts'
import { account } from '#db/schema/index.ts'
import { need } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { DomainError, invalid, notFound } from '../base/errors.ts'
import { problemsFrom } from '../base/problems.ts'
import { Agreed, openQuestion, type Question, takeAlong } from './replacement.ts'
import { senderFor } from './sender.ts'
import { listsFor, notTakeable, Taking, takeAgreed } from './taking-along.ts'

/** `asks`: every stage passed, and the account is not in force until somebody has agreed to what that leads to. */
export type CheckOutcome = { ok: boolean; stages: StageResult[]; asks?: Question }

/** Runs a provider's check to its end, handing each stage on as it ends. */
export async function* runCheck(
  provider: Provider,
  config: unknown,
  options: { testRecipient?: string },
): AsyncGenerator<StageResult, CheckOutcome> {
  const stages: StageResult[] = []
  for await (const stage of provider.check(config, options)) {
    stages.push(stage)
    yield stage
  }
  return { ok: stages.length > 0 && stages.every((stage) => stage.ok), stages }
}

/**
 * Locks the channel's accounts in id order: two validations at once then wait for each other instead of
 * deadlocking, and demoting before promoting never meets the unique index.
 */
export async function lockChannel(tx: Tx, organizationId: string, channel: string) {
  return tx
    .select({
      id: account.id,
      name: account.name,
      provider: account.provider,
      config: account.config,
      validated: account.validated,
      updatedAt: account.updatedAt,
    })
    .from(account)
    .where(and(eq(account.organizationId, organizationId), eq(account.channel, channel)))
    .orderBy(asc(account.id))
    .for('update')
}

/** Puts a checked account in force. The caller holds the channel's lock. */
export async function putInForce(
  ctx: Ctx,
  tx: Tx,
  place: { organizationId: string; channel: string; id: string },
  stages: StageResult[],
) {
  await tx
    .update(account)
    .set({ validated: false })
    .where(
      and(
        eq(account.organizationId, place.organizationId),
        eq(account.channel, place.channel),
        eq(account.validated, true),
        ne(account.id, place.id),
      ),
    )
  await tx
    .update(account)
    .set({
      validated: true,
      lastCheckAt: ctx.now(),
      lastCheck: stages,
      failingSince: null,
      failingCode: null,
      failingCause: null,
      failingDetail: null,
    })
    .where(eq(account.id, place.id))
}

const changedMeanwhile = () =>
  new DomainError('conflict', 'The account was changed while it was being checked.', { reason: 'account_changed' })

/**
 * Remembers a failed check, unless it was of values that are not the account's any more. Who is in force stays; it counts as
 * failing only when the check found something wrong with the account itself.
 */
async function rememberFailure(ctx: Ctx, id: string, checkedAt: Date, stages: StageResult[]) {
  const failed = stages.find((stage) => !stage.ok)
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select({ validated: account.validated, failingSince: account.failingSince, updatedAt: account.updatedAt })
      .from(account)
      .where(eq(account.id, id))
      .for('update')
    if (row?.updatedAt.getTime() !== checkedAt.getTime()) throw changedMeanwhile()
    const failing =
      row.validated && !failed?.passing
        ? {
            failingSince: row.failingSince ?? ctx.now(),
            failingCode: failed?.code ?? failed?.cause ?? null,
            failingCause: failed?.cause ?? null,
            failingDetail: failed?.detail ?? null,
          }
        : {}
    await tx
      .update(account)
      .set({ lastCheckAt: ctx.now(), lastCheck: stages, ...failing })
      .where(eq(account.id, id))
  })
}

type Locked = Awaited<ReturnType<typeof lockChannel>>[number]

/** Whether the texts that a provider sends are written here, and none of them is the provider's. */
export const isWritten = ({ texts }: Pick<Provider, 'texts'>): boolean => texts?.kind === 'written'

/**
 * Whether what one of two accounts sends, the other can too without being asked: they lead to the same, or their texts are
 * written here.
 */
function isAlike(provider: Provider, one: Locked, other: Locked): boolean {
  if (one.provider !== other.provider) return false
  if (isWritten(provider)) return true
  const leading = describeFields(provider.config).filter(({ destination }) => destination)
  return leading.every(({ name }) => String(one.config[name] ?? '') === String(other.config[name] ?? ''))
}

/** The address of a test in its channel's normal form. */
function testRecipientOf(
  { catalog }: Ctx,
  { channel }: Provider,
  { testRecipient }: { testRecipient?: string | undefined },
): { testRecipient?: string } {
  if (!testRecipient) return {}
  const parsed = catalog.channel(channel).recipient.safeParse(testRecipient)
  if (!parsed.success) throw invalid(...problemsFrom(parsed.error, 'testRecipient'))
  return { testRecipient: parsed.data }
}

export const ValidateAccount = z.object({
  id: z.uuid(),
  testRecipient: Trimmed(320).optional(),
  agreed: Agreed.optional(),
  taking: Taking.optional(),
})

/**
 * Checks an account and, if every stage passes, makes it the validated account of its channel in one transaction.
 * A failed check is an outcome, not an error. Where templates would lose their use, it is in force only once that was agreed
 * to; those that the account has too, because it has the same key, go along.
 * @param input.testRecipient where given, the last stage really sends to it
 * @param input.agreed what the person was told; anything else that would happen is asked about
 * @param input.taking what of it is to go along because the account has it, or something chosen for it, too
 * @throws DomainError `not_found`; `invalid_request` for an address that is none; `conflict` when the account was
 *   changed or deleted while the check ran; `provider_unavailable` where what is to go along could not be asked about
 */
export async function* validateAccount(
  ctx: Ctx,
  input: z.infer<typeof ValidateAccount>,
): AsyncGenerator<StageResult, CheckOutcome> {
  const organizationId = need(ctx, 'accounts:write')
  const sender = await senderFor(ctx, organizationId, input.id)
  if (!sender || isSideBySide(sender.provider.channel)) throw notFound('account')
  const channel = sender.provider.channel
  const outcome = yield* runCheck(sender.provider, sender.config, testRecipientOf(ctx, sender.provider, input))
  if (!outcome.ok) {
    await rememberFailure(ctx, input.id, sender.changedAt, outcome.stages)
    return outcome
  }
  const lists = input.taking?.pairs.length ? await listsFor(sender, input.taking) : undefined
  const asks = await ctx.db.transaction(async (tx) => {
    const locked = await lockChannel(tx, organizationId, channel)
    const row = locked.find((candidate) => candidate.id === input.id)
    if (row?.updatedAt.getTime() !== sender.changedAt.getTime()) throw changedMeanwhile()
    const before = locked.find((candidate) => candidate.validated && candidate.id !== input.id)
    let taken: number | undefined
    if (before) {
      if (isAlike(sender.provider, before, row)) await takeAlong(tx, before.id, row.id)
      const of = { ...before, successor: row.id }
      let question = await openQuestion(tx, of, input.agreed)
      if (!question && lists && input.taking) {
        const taking = { from: before.id, to: sender, channel: ctx.catalog.channel(channel), taking: input.taking }
        taken = await takeAgreed(ctx, tx, { ...taking, lists })
        if (taken === undefined) question = await openQuestion(tx, of, undefined)
        if (question) question = { ...question, hasChanged: true }
      }
      if (question) {
        await tx
          .update(account)
          .set({ lastCheckAt: ctx.now(), lastCheck: outcome.stages })
          .where(eq(account.id, row.id))
        const reason = notTakeable(ctx.catalog.channel(channel), before.provider, sender.provider)
        const ofTexts = isWritten(ctx.catalog.provider(before.provider)) ? { isWritten: true } : {}
        return { ...question, ...ofTexts, ...(reason ? { notTakeable: reason } : {}) }
      }
    }
    await putInForce(ctx, tx, { organizationId, channel, id: input.id }, outcome.stages)
    await record(ctx, tx, {
      action: 'validated',
      subject: 'account',
      subjectId: input.id,
      subjectName: sender.name,
      changes: { channel, ...(before ? { replaced: before.name } : {}), ...(taken ? { templatesTaken: taken } : {}) },
    })
    return undefined
  })
  return asks ? { ...outcome, asks } : outcome
}
