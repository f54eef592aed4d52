/** Saving an account: what may stay, what must be typed again, and the check that goes before a change of one in force. */
import { and, eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { z } from 'zod'
import type { Provider, StageResult } from '#channels/contract.ts'
import { describeFields } from '#channels/fields.ts'
import { Json, Name, Text } from '#channels/text.ts'
import { channelIds, isSideBySide } from '#channels/traits.ts'
import type { Tx } from '#db/database.ts'
import { account, accountSecret, template } from '#db/schema/index.ts'
import { need } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { DomainError, type FieldProblem, invalid, notFound } from '../base/errors.ts'
import { isUniqueViolation, problemsFrom } from '../base/problems.ts'
import { newReceiptToken } from './receipt-address.ts'
import { Agreed, openQuestion, type Question } from './replacement.ts'
import { type StoredAccount, secretPlace, storedAccount } from './sender.ts'
import { type CheckOutcome, isWritten, lockChannel, putInForce, runCheck } from './validation.ts'

export const SaveAccount = z.strictObject({
  /** Absent: a new account. */
  id: z.uuid().optional(),
  channel: z.enum(channelIds),
  provider: Text(40),
  name: Name(60),
  /** The provider's config. On an existing account a secret left out or empty stays as it is. */
  config: z.record(Text(40), Json),
  /** What the person was told that another key in the account in force leads to. */
  agreed: Agreed.optional(),
})
export type SaveAccount = z.infer<typeof SaveAccount>

export type SaveOutcome =
  | { saved: true; id: string; checked: CheckOutcome | null }
  /** Nothing is saved: a stage failed, or something is to be agreed to first. */
  | { saved: false; checked: CheckOutcome; asks?: Question }

/** A value of a form as text, to compare it with another. */
const written = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')

const isBlank = (value: unknown) => value === undefined || value === null || value === ''

/** The config to store: what was typed, with the stored secrets that were left alone, if they may stay. */
function mergeConfig(
  provider: Provider,
  typed: Record<string, unknown>,
  stored: StoredAccount | undefined,
): { config: Record<string, unknown>; destinationChanged: boolean } {
  const fields = describeFields(provider.config)
  const before = stored?.config ?? {}
  const config: Record<string, unknown> = { ...typed }
  const parsedTyped = Object.fromEntries(
    fields.map(({ name }) => {
      const parsed = (provider.config.shape[name] as z.ZodType).safeParse(typed[name])
      return [name, parsed.success ? parsed.data : typed[name]]
    }),
  )
  const same = (name: string) => written(parsedTyped[name]) === written(before[name])
  const destinationChanged = stored !== undefined && fields.some((field) => field.destination && !same(field.name))
  const problems: FieldProblem[] = []
  for (const field of fields.filter(({ secret }) => secret)) {
    if (!isBlank(typed[field.name]) || !stored) continue
    if (stored.unreadable.includes(field.name)) problems.push({ path: `config.${field.name}`, code: 'unreadable' })
    else if (isBlank(before[field.name])) continue
    else if (destinationChanged) problems.push({ path: `config.${field.name}`, code: 'type_again' })
    else config[field.name] = before[field.name]
  }
  if (problems.length > 0) throw invalid(...problems)
  return { config, destinationChanged }
}

/** Writes an account and its secrets, sealed. */
export async function storeAccount(
  ctx: Ctx,
  tx: Tx,
  place: { id: string; organizationId: string; isNew: boolean },
  input: SaveAccount,
  provider: Provider,
  config: Record<string, unknown>,
  credentialsChanged: boolean,
) {
  const secretNames = describeFields(provider.config)
    .filter((field) => field.secret)
    .map((field) => field.name)
  const open = Object.fromEntries(Object.entries(config).filter(([name]) => !secretNames.includes(name)))
  const now = ctx.now()
  const values = {
    name: input.name,
    config: open,
    updatedAt: now,
    ...(credentialsChanged ? { lastCheck: null, lastCheckAt: null } : {}),
  }
  if (place.isNew) {
    await tx.insert(account).values({
      ...values,
      id: place.id,
      organizationId: place.organizationId,
      channel: input.channel,
      provider: provider.id,
      receiptToken: provider.readReceipts ? newReceiptToken() : null,
      createdAt: now,
    })
  } else {
    await tx.update(account).set(values).where(eq(account.id, place.id))
  }
  for (const name of secretNames.filter((name) => credentialsChanged || place.isNew || !isBlank(input.config[name]))) {
    const value = config[name]
    await tx.delete(accountSecret).where(and(eq(accountSecret.accountId, place.id), eq(accountSecret.field, name)))
    if (isBlank(value)) continue
    const sealed = ctx.secrets.seal(String(value), secretPlace(place.id, name))
    await tx.insert(accountSecret).values({ accountId: place.id, field: name, sealed, setAt: now })
  }
}

/**
 * Adds or changes an account. A changed name is just saved. A changed destination needs every secret typed again. A changed
 * validated account is checked with the new values first, its stages handed on as they end; if one fails nothing is saved. Nor is another key of it, until what that leads to was
 * agreed to.
 * @throws DomainError `invalid_request` field by field, `not_found`, `conflict`
 */
export async function* saveAccount(ctx: Ctx, input: SaveAccount): AsyncGenerator<StageResult, SaveOutcome> {
  const organizationId = need(ctx, 'accounts:write')
  const provider = ctx.catalog.providers.find(({ id, channel }) => id === input.provider && channel === input.channel)
  if (!provider || isSideBySide(input.channel)) throw invalid({ path: 'provider', code: 'invalid_value' })
  const stored = input.id ? await storedAccount(ctx, organizationId, input.id) : undefined
  if (input.id && (!stored || stored.provider.id !== provider.id)) throw notFound('account')
  const merged = mergeConfig(provider, input.config, stored)
  const parsed = provider.config.safeParse(merged.config)
  if (!parsed.success) throw invalid(...problemsFrom(parsed.error, 'config'))
  const config = parsed.data as Record<string, unknown>
  const changed = Object.keys(provider.config.shape).filter(
    (name) => written(config[name]) !== written(stored?.config[name]),
  )

  const [before] = input.id
    ? await ctx.db
        .select({ validated: account.validated, name: account.name })
        .from(account)
        .where(eq(account.id, input.id))
    : []
  const mustCheck = Boolean(before?.validated) && changed.length > 0
  const checked = mustCheck ? yield* runCheck(provider, config, {}) : null
  if (checked && !checked.ok) return { saved: false, checked }

  const id = input.id ?? v7()
  let asks: Question | undefined
  try {
    await ctx.db.transaction(async (tx) => {
      const locked = await lockChannel(tx, organizationId, input.channel)
      const row = locked.find((candidate) => candidate.id === id)
      if (
        input.id &&
        (!row ||
          row.updatedAt.getTime() !== stored?.changedAt.getTime() ||
          (row.validated && !mustCheck && changed.length > 0))
      ) {
        throw new DomainError('conflict', 'The account was changed by somebody else meanwhile.', {
          reason: 'account_changed',
        })
      }
      if (row && merged.destinationChanged) {
        // Texts that are written here stay with the account, whichever account of the vendor it leads to.
        if (checked && !isWritten(provider)) asks = await openQuestion(tx, row, input.agreed)
        if (asks) return
        // What it names is looked for at once where the key leads now.
        await tx.update(template).set({ approvalAt: null }).where(eq(template.accountId, id))
      }
      await storeAccount(ctx, tx, { id, organizationId, isNew: !input.id }, input, provider, config, changed.length > 0)
      if (checked && row?.validated)
        await putInForce(ctx, tx, { organizationId, channel: input.channel, id }, checked.stages)
      await record(ctx, tx, {
        action: input.id ? 'changed' : 'added',
        subject: 'account',
        subjectId: id,
        subjectName: input.name,
        changes: {
          channel: input.channel,
          fields: [...(before && before.name !== input.name ? ['name'] : []), ...changed],
        },
      })
    })
  } catch (error) {
    if (isUniqueViolation(error, 'account_name_once_per_channel')) throw invalid({ path: 'name', code: 'taken' })
    throw error
  }
  return checked && asks ? { saved: false, checked, asks } : { saved: true, id, checked }
}
