/** What the worker writes: taking messages in hand and recording results, a batch at a time, fenced by job and attempt. */

import type { ProviderCode } from '#channels/contract.ts'
import { storable } from '#channels/storable.ts'
import type { VendorOutcome } from '#channels/vendor-codes.ts'
import { runPrepared } from '#db/statement.ts'
import type { OutcomeCode } from '#domain/base/codes.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { outlasting } from '#domain/base/outlasting.ts'
import { groupOf } from '../accept/writing.ts'

type Lent = Pick<Ctx, 'db' | 'jobs' | 'now'>

export type Claimed = {
  id: string
  jobId: string
  organizationId: string
  appId: string | null
  kind: 'live' | 'test' | 'test_send'
  channel: string
  scenario: string
  recipient: string
  variables: Record<string, string>
  sealedVariables: string | null
  locale: string | null
  attempt: number
  expiresAt: Date | null
  pushRuleId: string | null
  /** The account that may have taken it; where none may, the one that was in force, or its rule's, when it was taken in hand. */
  accountId: string | null
  /** The attempt before this one was under way when its worker was lost: it may have been sent. */
  lostBefore: boolean
  /** When the first attempt before this one began that may have been sent. */
  unsureSince: Date | null
}

const claiming = `
  with job as (
    select * from json_to_recordset($1::json) as x(j uuid, m uuid)
  ), old as (
    select m.id, m.updated_at, is_lost, is_this,
      coalesce(m.unsure_since, case when is_lost then least(m.updated_at, $2::timestamptz) end) as unsure_since,
      coalesce(case when m.push_rule_id is null then a.id else r.account_id end, m.account_id) as account_id
    from message m
    -- Of a claim that is repeated, what began at its moment is its own: the answer was lost, and nobody has acted on it.
    cross join lateral (select $3::boolean and m.status = 'sending' and m.updated_at = $2::timestamptz as is_this) own
    cross join lateral (select m.status = 'sending' and not is_this as is_lost) lost
    join job on job.m = m.id and job.j = m.job_id
    left join account a on a.organization_id = m.organization_id and a.channel = m.channel and a.validated
    left join push_rule r on r.id = m.push_rule_id
    where m.status in ('queued', 'sending') and (m.status = 'queued' or is_this or not $3) for update of m
  ), claimed as (
    -- A message that is being sent was last changed when its attempt began. The account that may have taken a message stays
    -- its own; any other is noted before it is used, since a lost worker tells nothing.
    update message m set status = 'sending', attempt = m.attempt + case when old.is_this then 0 else 1 end, waiting = false, updated_at = $2::timestamptz,
      unsure_since = old.unsure_since,
      account_id = case when old.unsure_since is null then old.account_id else coalesce(m.account_id, old.account_id) end
    from old where m.id = old.id
    returning m.id, m.job_id as "jobId", m.organization_id as "organizationId", m.app_id as "appId", m.kind, m.channel, m.scenario,
      m.recipient, m.variables, m.sealed_variables as "sealedVariables", m.locale, m.attempt, m.expires_at as "expiresAt", m.push_rule_id as "pushRuleId", m.account_id as "accountId",
      old.is_lost as "lostBefore", old.is_this as "isThis", m.unsure_since as "unsureSince"
  ), told as (
    insert into message_event (message_id, at, status, attempt, code)
    select id, $2::timestamptz, 'unknown', attempt - 1, 'worker_lost' from claimed where "lostBefore"
    union all
    select id, $2::timestamptz, 'sending', attempt, null from claimed where not "isThis"
  )
  select * from claimed`

/** For how long the database may be away: shorter than it takes until a job counts as that of a lost worker. */
const claimsOutlast = 8000
const resultsOutlast = 120_000

/**
 * Takes the messages of these jobs in hand: each becomes `sending` and its attempt begins. A message whose job is not in
 * charge any more, or that is final, is left out. An attempt that never got its answer is noted as unknown.
 */
export async function claim({ db, now }: Lent, jobs: { id: string; messageId: string }[]): Promise<Claimed[]> {
  const at = now().toISOString()
  const asked = JSON.stringify(jobs.map((job) => ({ j: job.id, m: job.messageId })))
  type Row = Omit<Claimed, 'expiresAt' | 'unsureSince'> & { expiresAt: string | null; unsureSince: string | null }
  let tries = 0
  const rows = await outlasting(claimsOutlast, () => runPrepared<Row>(db, claiming, asked, at, tries++ > 0))
  const date = (written: string | null) => (written === null ? null : new Date(written))
  return rows.map((row) => ({ ...row, expiresAt: date(row.expiresAt), unsureSince: date(row.unsureSince) }))
}

export type Result = {
  message: Pick<Claimed, 'id' | 'jobId' | 'attempt' | 'organizationId' | 'channel' | 'expiresAt'>
  status: 'sent' | 'delivered' | 'failed' | 'unknown' | 'expired' | 'queued'
  /** With `queued`: when the next attempt is due, or null when it waits for a person. */
  nextAt?: Date | null
  /** With `queued` and no next attempt: what a person has to put right besides the account. */
  waitsFor?: 'template'
  /** When its provider is asked what became of it. */
  settleAt?: Date
  /** When the first attempt began that may have been sent, if one may. */
  unsureSince?: Date
  /** Names that receipts may call it by. */
  references?: string[]
  accountId?: string | null
  templateId?: string | null
  templateVersion?: number | null
  code?: OutcomeCode | ProviderCode
  /** The cause behind the provider's code. */
  cause?: VendorOutcome | undefined
  detail?: string
  providerMessageId?: string
  ms?: number
}

const isFinal = (result: Result) => result.status !== 'queued'

/** The word of the time line; `queued` is told apart into what happens next. */
const eventOf = (result: Result) =>
  result.status !== 'queued' ? result.status : result.nextAt ? 'retrying' : 'waiting'

const recording = `
  with result as (
    select * from json_to_recordset($1::json) as r(id uuid, attempt int, old_job uuid, status text, event text,
      problem bool, waiting bool, waits_for text, settle_at timestamptz, refs jsonb, unsure_since timestamptz, job_id uuid, account_id uuid, template_id uuid, template_version int, code text, cause text, detail text,
      provider_message_id text, ms int, next_at timestamptz, erase bool)
  ), updated as (
    update message m set status = r.status, problem = r.problem, waiting = r.waiting, waits_for = r.waits_for, job_id = r.job_id,
      settle_at = r.settle_at, unsure_since = coalesce(m.unsure_since, r.unsure_since),
      account_id = coalesce(r.account_id, m.account_id), template_id = coalesce(r.template_id, m.template_id),
      template_version = coalesce(r.template_version, m.template_version), error_code = r.code, error_cause = r.cause, error_detail = r.detail,
      provider_message_id = coalesce(r.provider_message_id, m.provider_message_id),
      sealed_variables = case when r.erase then null else m.sealed_variables end,
      -- What waits for its template dates from when that was looked for: it may have been put right since.
      updated_at = case when r.waits_for is null then $2::timestamptz else m.updated_at end
    from result r
    where m.id = r.id and m.attempt = r.attempt and m.job_id = r.old_job and m.status = 'sending'
    returning m.id, m.attempt
  ), told as (
    insert into message_event (message_id, at, status, attempt, account_id, code, cause, detail, provider_message_id, ms, next_at)
    select r.id, $2::timestamptz, r.event, r.attempt, r.account_id, r.code, r.cause, r.detail, r.provider_message_id, r.ms, r.next_at
    from result r join updated u on u.id = r.id
  ), named as (
    insert into provider_reference (account_id, reference, message_id, created_at)
    select r.account_id, names.reference, r.id, $2::timestamptz
    from result r join updated u on u.id = r.id cross join lateral jsonb_array_elements_text(r.refs) as names(reference)
    where r.refs is not null
    on conflict (account_id, reference) do nothing
  )
  select id, attempt from updated`

/** What an index takes with ease, and receipts are cut to as well. */
export const longestReference = 200

/** Thrown to undo a transaction that met results of lost attempts; says which attempt of which message does count. */
class Outrun extends Error {
  readonly counting: ReadonlyMap<string, number>
  constructor(counting: ReadonlyMap<string, number>) {
    super('Some of these attempts are not in charge any more.')
    this.counting = counting
  }
}

/**
 * Records results, ends their jobs and adds the next ones, in one transaction. A result of a lost attempt changes nothing
 * and ends no job: the job is in the hands of the attempt in charge, and without it nobody would take over from that one.
 * Outlasts a database that is away, since what was sent would be sent again otherwise.
 */
export async function recordResults(lent: Lent, results: Result[], newId: () => string): Promise<void> {
  try {
    await outlasting(resultsOutlast, () => recordTogether(lent, results, newId))
  } catch (error) {
    if (!(error instanceof Outrun)) throw error
    const counting = results.filter(({ message: { id, attempt } }) => error.counting.get(id) === attempt)
    if (counting.length > 0) await recordResults(lent, counting, newId)
  }
}

async function recordTogether({ db, jobs, now }: Lent, results: Result[], newId: () => string): Promise<void> {
  const at = now().toISOString()
  const rows = results.map((result) => ({
    id: result.message.id,
    attempt: result.message.attempt,
    old_job: result.message.jobId,
    status: result.status,
    event: eventOf(result),
    problem: result.status === 'failed' || result.status === 'unknown' || result.status === 'expired',
    waiting: result.status === 'queued' && !result.nextAt,
    waits_for: result.waitsFor ?? null,
    settle_at: result.settleAt?.toISOString() ?? null,
    refs: result.references?.map((name) => storable(name.slice(0, longestReference))) ?? null,
    unsure_since: result.unsureSince?.toISOString() ?? null,
    job_id: newId(),
    account_id: result.accountId ?? null,
    template_id: result.templateId ?? null,
    template_version: result.templateVersion ?? null,
    code: result.code ?? null,
    cause: result.cause ?? null,
    detail: result.detail ?? null,
    provider_message_id: result.providerMessageId === undefined ? null : storable(result.providerMessageId),
    ms: result.ms === undefined ? null : Math.round(result.ms),
    next_at: result.nextAt?.toISOString() ?? null,
    erase: isFinal(result),
  }))
  await db.transaction(async (tx) => {
    const [updated] = await Promise.all([
      runPrepared<{ id: string; attempt: number }>(tx, recording, JSON.stringify(rows), at),
      jobs.complete(
        tx,
        results.map((result) => result.message.jobId),
      ),
    ])
    if (updated.length < results.length) throw new Outrun(new Map(updated.map(({ id, attempt }) => [id, attempt])))
    const next = results.flatMap((result, index) => {
      const row = rows[index]
      if (!row || !result.nextAt) return []
      const { expiresAt } = result.message
      return [
        {
          id: row.job_id,
          messageId: row.id,
          group: groupOf({ ...result.message, accountId: result.accountId ?? null }),
          urgent: expiresAt !== null,
          startAfter: result.nextAt,
        },
      ]
    })
    await jobs.enqueue(tx, next)
  })
}
