/**
 * What loses its use when another account takes the place of the one in force, or that one is given another key: templates
 * that name what the provider keeps for it. Promises that it is told before, and that nothing is done but what was agreed to.
 */
import { and, count, eq, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { Db, Tx } from '#db/database.ts'
import { template, templateProof } from '#db/schema/index.ts'

/** What a person was told and agreed to: whose templates lose their use, how many defaults and how many overrides of Apps. */
export const Agreed = z.strictObject({ accountId: z.uuid(), scenarios: z.int().min(0), overrides: z.int().min(0) })
export type Agreed = z.infer<typeof Agreed>

export type Question = Agreed & {
  name: string
  /** `replaced`: another account takes its place; `moved`: its own key leads elsewhere. */
  kind: 'replaced' | 'moved'
  /** For `replaced`, why none of them can go along; absent where the new account can be asked which can. */
  notTakeable?: 'other_provider' | 'no_lists'
  /** The templates name nothing of the account before: their texts are written for it. */
  isWritten?: boolean
  /** Something else was agreed to: the templates, or what the new account has approved, have changed since. */
  hasChanged?: boolean
}

const other = alias(template, 'other')

/** The templates of an account, but for those at whose place another account, where one is given, has one too. */
export function losingTo(tx: Db | Tx, accountId: string, otherAccountId?: string) {
  const ofAccount = eq(template.accountId, accountId)
  if (!otherAccountId) return ofAccount
  const atSamePlace = and(
    eq(other.accountId, otherAccountId),
    eq(other.scenario, template.scenario),
    sql`${other.appId} is not distinct from ${template.appId}`,
    sql`${other.locale} is not distinct from ${template.locale}`,
  )
  return and(ofAccount, notExists(tx.select({ id: other.id }).from(other).where(atSamePlace)))
}

/**
 * What is to be agreed to first; undefined where nothing loses its use, and where exactly that was agreed to. The caller holds
 * the channel's lock.
 * @param of.successor the account that takes the place, where another does
 */
export async function openQuestion(
  tx: Tx,
  of: { id: string; name: string; successor?: string },
  agreed: Agreed | undefined,
): Promise<Question | undefined> {
  const [lost] = await tx
    .select({
      scenarios: sql<number>`count(*) filter (where ${template.appId} is null)`.mapWith(Number),
      overrides: count(template.appId),
    })
    .from(template)
    .where(losingTo(tx, of.id, of.successor))
  if (!lost || lost.scenarios + lost.overrides === 0) return undefined
  const isAgreed =
    agreed?.accountId === of.id && agreed.scenarios === lost.scenarios && agreed.overrides === lost.overrides
  if (isAgreed) return undefined
  const hasChanged = agreed ? { hasChanged: true } : {}
  return { ...lost, accountId: of.id, name: of.name, kind: of.successor ? 'replaced' : 'moved', ...hasChanged }
}

/**
 * Gives an account the templates of another with the same key at the same place, and what calls have proven of them: whatever
 * one of them names, the other has too. What it has of its own stays. The caller holds the channel's lock.
 */
export async function takeAlong(tx: Tx, from: string, to: string): Promise<void> {
  const { subject, state, code, detail, at } = templateProof
  const proven = tx
    .select({ accountId: sql`${to}::uuid`.as('account_id'), subject, state, code, detail, at })
    .from(templateProof)
    .where(eq(templateProof.accountId, from))
  await tx.insert(templateProof).select(proven).onConflictDoNothing()
  await tx
    .update(template)
    .set({ accountId: to })
    .where(losingTo(tx, from, to))
}
