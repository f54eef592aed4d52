/**
 * What providers say became of messages they were handed, written down. Promises that a verdict counts once, however often
 * and in whichever order verdicts come, and that it touches no message of another account.
 *
 * A message that was delivered stays so: a failure reported beside it is kept in its time line only. The other way round the
 * delivery counts, because only a handset that took the message can have said so, and a failure may be that of one route.
 */
import { validate } from 'uuid'
import { runPrepared } from '#db/statement.ts'
import type { Ctx } from '#domain/base/ctx.ts'

export type Verdict = {
  organizationId: string
  accountId: string
  /** The provider's id of the message; empty where it told none. */
  providerMessageId: string
  /** Our reference as the provider was handed it; empty where it told none. */
  reference: string
  state: 'delivered' | 'failed'
  code: string
  detail: string
  at: Date | null
}

/** Verdicts as they travel to the database. */
export const verdictColumns = 'n int, o uuid, a uuid, m uuid, p text, r text, s text, c text, d text, t timestamptz'
export const travelling = (verdict: Verdict, n: number) => ({
  ...{ n, o: verdict.organizationId, a: verdict.accountId, p: verdict.providerMessageId, r: verdict.reference },
  ...{ m: validate(verdict.reference) ? verdict.reference : null, s: verdict.state },
  ...{ c: verdict.code, d: verdict.detail, t: verdict.at?.toISOString() ?? null },
})

/** Locked in one order, whatever the order of the push, so that two pushes at once do not wait for each other for ever. */
const finding = `
  with verdict as materialized (
    select * from json_to_recordset($1::json) as v(${verdictColumns})
  ), named as materialized (
    select v.n, v.o, v.a, coalesce(own.id, other.message_id) as id
    from verdict v
    left join message own on own.id = v.m and own.organization_id = v.o
    left join lateral (
      select p.message_id from provider_reference p
      where own.id is null and p.account_id = v.a and p.reference in (v.p, v.r)
      order by p.reference = v.p desc limit 1
    ) other on true
  )
  select named.n, m.id from named join message m on m.id = named.id and m.organization_id = named.o and m.account_id = named.a
  where m.status not in ('queued', 'sending')
  order by m.id for update of m`

/**
 * One verdict of each kind for a message, the one about its latest attempt first. A failure of an earlier attempt, which
 * bears another of the provider's ids, is told and decides nothing. Carriers count whole seconds: what they report is told
 * as later than the sending.
 */
const writing = `
  with verdict as materialized (
    select * from json_to_recordset($1::json) as v(id uuid, ${verdictColumns})
  ), fresh as materialized (
    select distinct on (v.id, v.s) v.*, m.status, m.attempt, m.updated_at, (v.p <> '' and m.provider_message_id <> v.p) is true as is_earlier
    from verdict v join message m on m.id = v.id
    where m.status <> v.s and (v.p = '' or not exists (
      select from message_event e where e.message_id = v.id and e.status = v.s and e.provider_message_id = v.p))
    order by v.id, v.s, is_earlier, v.n
  ), decisive as (
    select distinct on (id) * from fresh
    where s = 'delivered' or (status in ('sent', 'unknown') and not is_earlier)
    order by id, s
  ), updated as (
    update message m set status = v.s, problem = (v.s = 'failed'), settle_at = null, updated_at = $2::timestamptz,
      error_code = case v.s when 'failed' then nullif(v.c, '') end, error_cause = null, error_detail = case v.s when 'failed' then nullif(v.d, '') end,
      provider_message_id = coalesce(m.provider_message_id, nullif(v.p, ''))
    from decisive v where m.id = v.id
  )
  insert into message_event (message_id, at, status, attempt, account_id, code, detail, provider_message_id)
  select id, least(greatest(coalesce(t, $2::timestamptz), updated_at), $2::timestamptz), s, attempt, a, nullif(c, ''), nullif(d, ''), nullif(p, '')
  from fresh order by n`

/** Writes verdicts down. Returns those that found no message of their account, or one that is not handed over yet, as far as is known. */
export async function recordVerdicts({ db, now }: Pick<Ctx, 'db' | 'now'>, verdicts: Verdict[]): Promise<Verdict[]> {
  if (verdicts.length === 0) return []
  return db.transaction(async (tx) => {
    const found = await runPrepared<{ n: number; id: string }>(tx, finding, JSON.stringify(verdicts.map(travelling)))
    const ids = new Map(found.map(({ n, id }) => [n, id]))
    const rows = verdicts.map((verdict, n) => ({ ...travelling(verdict, n), id: ids.get(n) })).filter(({ id }) => id)
    // What is locked is read anew: another push may have been first.
    if (rows.length > 0) await runPrepared(tx, writing, JSON.stringify(rows), now().toISOString())
    return verdicts.filter((_, n) => !ids.has(n))
  })
}
