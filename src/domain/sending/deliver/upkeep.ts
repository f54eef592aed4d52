/** What the worker does every few seconds: let go of messages whose account was put right, and end those whose code has expired. */
import { sql } from 'drizzle-orm'
import type { Ctx } from '#domain/base/ctx.ts'
import { openOrNothing } from '#domain/base/secrets.ts'
import { sealedPlace } from '../accept/draft.ts'
import { groupOf } from '../accept/writing.ts'

const batch = 500
/** What is dated may be seen a moment later, and the clocks of two processes may be so far apart. */
const moment = sql`interval '3 seconds'`

type Released = {
  id: string
  jobId: string
  organizationId: string
  channel: string
  accountId: string | null
  urgent: boolean
}

/**
 * Queues again what waits, once what it waits for may be there: an account that is validated and not failing; besides, where
 * it waits for its template, that this one was changed or is gone, or since then another at its place or the account in
 * force. A message by a push rule waits for the rule's own account, and for another version of the rule or its template's
 * return; one whose rule is gone has nothing to wait for. What changed "since" may have been dated a moment before it could be
 * seen, and by another clock: so moments count double, and a message that was just looked at is left for as long. Returns how
 * many.
 */
export async function releaseWaiting(ctx: Ctx): Promise<number> {
  const now = ctx.now().toISOString()
  return ctx.db.transaction(async (tx) => {
    const { rows } = await tx.execute<Released>(sql`
      with by_template as (
        select w.id from message w
        join account a on a.organization_id = w.organization_id and a.channel = w.channel and a.validated and a.failing_since is null
        cross join lateral (select w.updated_at - ${moment} as looked_at) since
        where w.waiting and (w.waits_for is null or (w.updated_at <= ${now}::timestamptz - ${moment} and (
          a.last_check_at > since.looked_at
          or (w.template_id is not null and not exists (
            select from template t where t.id = w.template_id and t.version = w.template_version))
          or exists (
            select from template t where t.organization_id = w.organization_id and t.channel = w.channel and t.scenario = w.scenario
              and greatest(t.updated_at, t.usable_since) > since.looked_at))))
        limit ${batch} for update of w skip locked
      ), by_rule as (
        select w.id, r.account_id from message w
        left join push_rule r on r.id = w.push_rule_id
        left join account a on a.id = r.account_id
        where w.waiting and w.push_rule_id is not null and (r.id is null or (
          r.enabled and r.invalid_reason is null and a.id is not null and a.failing_since is null
            and (w.waits_for is null or r.version is distinct from w.template_version or (
              w.updated_at <= ${now}::timestamptz - ${moment} and r.usable_since > w.updated_at - ${moment}))))
        limit ${batch} for update of w skip locked
      ), free as (
        select id, null::uuid as account_id from by_template union all select id, account_id from by_rule
      )
      update message m set waiting = false, waits_for = null, job_id = gen_random_uuid(), updated_at = ${now}::timestamptz
      from free where m.id = free.id
      returning m.id, m.job_id as "jobId", m.organization_id as "organizationId", m.channel, free.account_id as "accountId",
        m.expires_at is not null as urgent`)
    await ctx.jobs.enqueue(
      tx,
      rows.map((row) => ({ id: row.jobId, messageId: row.id, group: groupOf(row), urgent: row.urgent })),
    )
    return rows.length
  })
}

/** Ends waiting verification messages whose code has expired, and erases the code. Returns how many. */
export async function expireWaiting(ctx: Ctx): Promise<number> {
  const now = ctx.now().toISOString()
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    with ended as (
      update message m set status = 'expired', problem = true, waiting = false, waits_for = null, sealed_variables = null, error_code = 'code_expired', error_cause = null, updated_at = ${now}::timestamptz
      where m.id in (select w.id from message w where w.waiting and w.expires_at <= ${now}::timestamptz limit ${batch} for update skip locked)
      returning m.id, m.attempt
    ), told as (
      insert into message_event (message_id, at, status, attempt, code) select id, ${now}::timestamptz, 'expired', attempt, 'code_expired' from ended
    )
    select id from ended`)
  return rows.length
}

/** Seals again, with the current key, the codes of queued messages sealed with an older one. Tells how many, and how many did not open. */
export async function resealMessages(ctx: Ctx): Promise<{ count: number; unreadable: number }> {
  const resealed = { count: 0, unreadable: 0 }
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await ctx.db.execute<{ id: string; sealed: string }>(sql`
      select id, sealed_variables as sealed from message where sealed_variables is not null and id > ${after}::uuid order by id limit ${batch}`)
    const last = rows[rows.length - 1]
    if (!last) return resealed
    after = last.id
    for (const row of rows.filter(({ sealed }) => ctx.secrets.isOutdated(sealed))) {
      const value = openOrNothing(ctx.secrets, row.sealed, sealedPlace(row.id))
      if (value === undefined) {
        resealed.unreadable += 1
        continue
      }
      const sealed = ctx.secrets.seal(value, sealedPlace(row.id))
      await ctx.db.execute(
        sql`update message set sealed_variables = ${sealed} where id = ${row.id}::uuid and sealed_variables = ${row.sealed}`,
      )
      resealed.count += 1
    }
  }
}
