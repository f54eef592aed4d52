/**
 * Accounts that fail for a cause which ends by itself, such as a clock that was wrong. Promises that such an account is used
 * again without a person, once its check passes.
 */
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { account } from '#db/schema/index.ts'
import type { Ctx } from '../base/ctx.ts'
import { inForce } from './accounts.ts'
import { isUnreadable, senderFor } from './sender.ts'
import { runCheck } from './validation.ts'

const eachTime = 50
/** How many failing accounts are read, in random order, to find those. */
const mostLookedAt = 1000
const passed = { failingSince: null, failingCode: null, failingCause: null, failingDetail: null }

const { id, organizationId, provider, failingCode, failingCause } = account
const columns = { id, organizationId, provider, failingCode, failingCause }
type Failing = Pick<typeof account.$inferSelect, keyof typeof columns>

const causeOf = (ctx: Ctx, { provider, failingCode, failingCause }: Failing): string =>
  failingCause ?? ctx.catalog.explain(provider, failingCode) ?? failingCode ?? ''

/** Checks an account again. Stores what it fails for now: another cause may need a person. */
async function checkAgain(ctx: Ctx, failing: Failing): Promise<boolean> {
  const sender = await senderFor(ctx, failing.organizationId, failing.id)
  if (!sender) return false
  const check = runCheck(sender.provider, sender.config, {})
  let step = await check.next()
  while (!step.done) step = await check.next()
  const { ok, stages } = step.value
  const failed = stages.find((stage) => !stage.ok)
  const { code, cause, detail } = failed ?? {}
  const now = { failingCode: code ?? cause ?? null, failingCause: cause ?? null, failingDetail: detail ?? null }
  const outcome = ok ? passed : now
  if (!ok && (failed?.passing || failed?.cause === causeOf(ctx, failing))) return false
  const isStill = and(
    ...[eq(account.id, failing.id), eq(account.updatedAt, sender.changedAt), isNotNull(account.failingSince)],
    sql`${account.failingCode} is not distinct from ${failing.failingCode}`,
  )
  await ctx.db
    .update(account)
    .set({ ...outcome, lastCheckAt: ctx.now(), lastCheck: stages })
    .where(isStill)
  return ok
}

/** Checks some accounts again that are in force and fail for such a cause. Returns how many are used again. */
export async function recoverAccounts(ctx: Ctx): Promise<number> {
  const passing = new Map(
    ctx.catalog.providers.flatMap(({ id, passingCauses }) => (passingCauses ? [[id, passingCauses]] : [])),
  )
  const rows = await ctx.db
    .select(columns)
    .from(account)
    .where(and(isNotNull(account.failingSince), inForce, inArray(account.provider, [...passing.keys()])))
    .orderBy(sql`random()`)
    .limit(mostLookedAt)
  const due = rows
    .filter((row) => passing.get(row.provider)?.some((cause) => cause === causeOf(ctx, row)))
    .slice(0, eachTime)
  let recovered = 0
  for (const failing of due) {
    const isBack = await checkAgain(ctx, failing).catch((error: unknown) => {
      if (!isUnreadable(error))
        ctx.log.warn({ err: error, accountId: failing.id }, 'an account could not be checked again')
      return false
    })
    if (isBack) recovered++
    if (isBack) ctx.log.info({ accountId: failing.id }, 'an account is used again: what it failed for has passed')
  }
  return recovered
}
