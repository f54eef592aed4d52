/**
 * Receipts that come before we know what they are about: the provider may be faster than the record of its answer. They are
 * kept until the message is recorded as handed over, and for three days at most.
 */

import type { Provider } from '#channels/contract.ts'
import { runPrepared } from '#db/statement.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { firstIdAt } from '../log/log.ts'
import { recordVerdicts, travelling, type Verdict, verdictColumns } from './verdicts.ts'

type Lent = Pick<Ctx, 'db' | 'now'>

const batch = 500
const minutes = 60_000
const keptFor = 3 * 24 * 60 * minutes

/**
 * Whether a reference that is not known may become known: a name of the provider's is recorded with its answer, a message of
 * our own before it is handed over, but for a test send, which is moments old. Anything else is of another user of the account.
 */
export function mayBecomeKnown({ reference }: Verdict, provider: Provider, now: Date): boolean {
  const at = (ms: number) => firstIdAt(new Date(now.getTime() + ms))
  return provider.receiptsByTheirId === true || (reference >= at(-10 * minutes) && reference < at(10 * minutes))
}

const keeping = `
  insert into early_receipt (account_id, provider_message_id, reference, state, code, detail, at, received_at)
  select v.a, v.p, v.r, v.s, v.c, v.d, coalesce(v.t, $2::timestamptz), $2::timestamptz
  from json_to_recordset($1::json) as v(may_come bool, ${verdictColumns})
  left join message m on m.id = v.m and m.organization_id = v.o
  where case when m.id is null then v.may_come else m.status in ('queued', 'sending') or m.account_id = v.a end
  order by v.a, v.p, v.r, v.s
  on conflict do nothing`

/** Keeps what may be about a message that is being sent, and lets go of the rest. */
export async function keepEarly({ db, now }: Lent, provider: Provider, verdicts: Verdict[]): Promise<void> {
  if (verdicts.length === 0) return
  const rows = verdicts.map((verdict, n) => ({
    ...travelling(verdict, n),
    may_come: mayBecomeKnown(verdict, provider, now()),
  }))
  await runPrepared(db, keeping, JSON.stringify(rows), now().toISOString())
}

type Row = Omit<Verdict, 'at'> & { at: string }

const due = `
  select a.organization_id as "organizationId", e.account_id as "accountId", e.provider_message_id as "providerMessageId",
    e.reference, e.state, e.code, e.detail, e.at
  from early_receipt e join account a on a.id = e.account_id
  join message m on m.organization_id = a.organization_id and m.account_id = a.id and m.status not in ('queued', 'sending')
    and m.id = coalesce(
      case when e.reference ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then e.reference::uuid end,
      (select p.message_id from provider_reference p
        where p.account_id = e.account_id and p.reference in (e.provider_message_id, e.reference)
        order by p.reference = e.provider_message_id desc limit 1))
  where e.received_at > $1::timestamptz
  order by e.received_at limit ${batch}`

const forgetting = `
  delete from early_receipt e using json_to_recordset($1::json) as v(${verdictColumns})
  where e.account_id = v.a and e.provider_message_id = v.p and e.reference = v.r and e.state = v.s`

/**
 * Applies what was kept to messages that have been recorded since. Returns how many.
 * @param within looks only at what came in so many milliseconds: another user of the account may leave many behind
 */
export async function applyEarly(ctx: Lent, within = keptFor): Promise<number> {
  const since = new Date(ctx.now().getTime() - within).toISOString()
  const rows = await runPrepared<Row>(ctx.db, due, since)
  const verdicts = rows.map((row): Verdict => ({ ...row, at: new Date(row.at) }))
  const left = new Set(await recordVerdicts(ctx, verdicts))
  const applied = verdicts.filter((verdict) => !left.has(verdict))
  if (applied.length > 0) await runPrepared(ctx.db, forgetting, JSON.stringify(applied.map(travelling)))
  return applied.length
}
