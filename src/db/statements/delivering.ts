/** What a worker does to messages: it takes them in hand, records results, and lets go of or ends what waits. */
import { account, message, messageEvent } from '../schema/index.ts'
import { orNull, statement, value } from '../statement.ts'
import { countedColumns, countingOf } from './counting.ts'
import { span } from './months.ts'

/**
 * Takes messages in hand whose job is in charge of them. A message that is being sent was last changed when its attempt began,
 * and its worker is lost. The account that may have taken a message stays its own; any other is noted before it is used, since a
 * lost worker tells nothing.
 *
 * Of a claim that is repeated because its answer was lost, what began at its moment is its own: nobody has acted on it. What began
 * later was taken in hand by somebody else meanwhile, and is left alone.
 */
export const claimMessages = statement({
  takes: { job: { id: value.id, messageId: value.id }, ...span, now: value.moment, isRepeated: value.flag },
  gives: {
    id: message.id,
    jobId: value.id,
    organizationId: message.organizationId,
    appId: message.appId,
    kind: message.kind,
    channel: message.channel,
    scenario: message.scenario,
    recipient: message.recipient,
    variables: message.variables,
    sealedVariables: message.sealedVariables,
    locale: message.locale,
    attempt: message.attempt,
    expiresAt: message.expiresAt,
    pushRuleId: message.pushRuleId,
    accountId: message.accountId,
    unsureSince: message.unsureSince,
    traceparent: message.traceparent,
    lostBefore: value.flag,
  },
  sql: ({ job, first, last, now, isRepeated }) => `
    with old as (
      select m.id, m.updated_at, is_lost, is_own,
        coalesce(m.unsure_since, case when is_lost then least(m.updated_at, ${now}) end) as unsure_since,
        coalesce(case when m.push_rule_id is null then a.id else r.account_id end, m.account_id) as account_id
      from message m
      cross join lateral (select ${isRepeated} and m.status = 'sending' and m.updated_at = ${now} as is_own) own
      cross join lateral (select m.status = 'sending' and not is_own as is_lost) lost
      join ${job} on job.message_id = m.id and job.id = m.job_id
      left join account a on a.organization_id = m.organization_id and a.channel = m.channel and a.validated
      left join push_rule r on r.id = m.push_rule_id
      where m.id between ${first} and ${last} and m.status in ('queued', 'sending') and (m.status = 'queued' or is_own or not ${isRepeated} or m.updated_at < ${now}) for update of m
    ), claimed as (
      update message m set status = 'sending', attempt = m.attempt + case when is_own then 0 else 1 end, waiting = false,
        updated_at = ${now}, unsure_since = old.unsure_since,
        account_id = case when old.unsure_since is null then old.account_id else coalesce(m.account_id, old.account_id) end
      from old where m.id = old.id and m.id between ${first} and ${last}
      returning m.*, is_lost, is_own
    ), events as (
      insert into message_event (message_id, at, status, attempt, code)
      select id, ${now}, 'unknown', attempt - 1, 'worker_lost' from claimed where is_lost
      union all
      select id, ${now}, 'sending', attempt, null from claimed where not is_own
    )
    select id, job_id, organization_id, app_id, kind, channel, scenario, recipient, variables, sealed_variables, locale, attempt,
      expires_at, push_rule_id, account_id, unsure_since, traceparent, is_lost as lost_before
    from claimed`,
})

/**
 * Records results of attempts that are in charge of their message, which the answer names. What waits for its template dates
 * from when that was looked for: it may have been put right since.
 */
export const recordResults = statement({
  takes: {
    result: {
      id: message.id,
      attempt: message.attempt,
      jobId: value.id,
      nextJobId: value.id,
      status: message.status,
      problem: message.problem,
      waiting: message.waiting,
      waitsFor: message.waitsFor,
      settleAt: message.settleAt,
      unsureSince: message.unsureSince,
      isFinal: value.flag,
      accountId: message.accountId,
      segments: message.segments,
      templateId: message.templateId,
      templateVersion: message.templateVersion,
      event: messageEvent.status,
      code: messageEvent.code,
      cause: messageEvent.cause,
      detail: messageEvent.detail,
      providerMessageId: message.providerMessageId,
      ms: messageEvent.ms,
      nextAt: messageEvent.nextAt,
      providerNames: orNull(value.texts),
    },
    ...span,
    now: value.moment,
  },
  gives: { id: message.id, attempt: message.attempt },
  sql: ({ result, first, last, now }) => `
    with result as (
      select * from ${result}
    ), updated as (
      update message m set status = r.status, problem = r.problem, waiting = r.waiting, waits_for = r.waits_for,
        job_id = r.next_job_id, settle_at = r.settle_at, unsure_since = coalesce(m.unsure_since, r.unsure_since),
        account_id = coalesce(r.account_id, m.account_id), template_id = coalesce(r.template_id, m.template_id),
        template_version = coalesce(r.template_version, m.template_version),
        error_code = r.code, error_cause = r.cause, error_detail = r.detail,
        provider_message_id = coalesce(r.provider_message_id, m.provider_message_id),
        provider = coalesce((select a.provider from account a where a.id = coalesce(r.account_id, m.account_id)), m.provider),
        segments = coalesce(r.segments, m.segments),
        sealed_variables = case when r.is_final then null else m.sealed_variables end,
        updated_at = case when r.waits_for is null then ${now} else m.updated_at end
      from result r
      where m.id = r.id and m.id between ${first} and ${last} and m.attempt = r.attempt and m.job_id = r.job_id and m.status = 'sending'
      returning m.*
    ), events as (
      insert into message_event (message_id, at, status, attempt, account_id, code, cause, detail, provider_message_id, ms, next_at)
      select r.id, ${now}, r.event, r.attempt, r.account_id, r.code, r.cause, r.detail, r.provider_message_id, r.ms, r.next_at
      from result r join updated u on u.id = r.id
    ), named as (
      insert into provider_reference (account_id, reference, message_id, created_at)
      select r.account_id, names.reference, r.id, ${now}
      from result r join updated u on u.id = r.id cross join lateral unnest(r.provider_names) as names(reference)
      on conflict (account_id, reference) do nothing
    ), counted as (${countingOf(`
      select ${countedColumns}, provider, status as outcome, 1 as by, segments from updated`)}
    )
    select id, attempt from updated`,
})

const most = 500
/** What is dated may be seen a moment later, and the clocks of two processes may be so far apart. */
const moment = `interval '3 seconds'`

/**
 * Queues again what waits, once what it waits for may be there: an account that is validated and not failing; besides, where
 * it waits for its template, that this one was changed or is gone, or since then another at its place or the account in
 * force. A message by a push rule waits for the rule's own account, and for another version of the rule or its template's
 * return; one whose rule is gone has nothing to wait for. What changed "since" may have been dated a moment before it could be
 * seen, and by another clock: so moments count double, and a message that was just looked at is left for as long.
 */
export const releaseWaiting = statement({
  takes: { now: value.moment },
  gives: {
    id: message.id,
    jobId: value.id,
    organizationId: message.organizationId,
    channel: message.channel,
    accountId: orNull(account.id),
    isUrgent: value.flag,
  },
  sql: ({ now }) => `
    with by_template as (
      select w.id from message w
      join account a on a.organization_id = w.organization_id and a.channel = w.channel and a.validated and a.failing_since is null
      cross join lateral (select w.updated_at - ${moment} as looked_at) since
      where w.waiting and (w.waits_for is null or (w.updated_at <= ${now} - ${moment} and (
        a.last_check_at > since.looked_at
        or (w.template_id is not null and not exists (
          select from template t where t.id = w.template_id and t.version = w.template_version))
        or exists (
          select from template t where t.organization_id = w.organization_id and t.channel = w.channel and t.scenario = w.scenario
            and greatest(t.updated_at, t.usable_since) > since.looked_at))))
      limit ${most} for update of w skip locked
    ), by_rule as (
      select w.id, r.account_id from message w
      left join push_rule r on r.id = w.push_rule_id
      left join account a on a.id = r.account_id
      where w.waiting and w.push_rule_id is not null and (r.id is null or (
        r.enabled and r.invalid_reason is null and a.id is not null and a.failing_since is null
          and (w.waits_for is null or r.version is distinct from w.template_version or (
            w.updated_at <= ${now} - ${moment} and r.usable_since > w.updated_at - ${moment}))))
      limit ${most} for update of w skip locked
    ), free as (
      select id, null::uuid as account_id from by_template union all select id, account_id from by_rule
    )
    update message m set waiting = false, waits_for = null, job_id = gen_random_uuid(), updated_at = ${now}
    from free where m.id = free.id
    returning m.id, m.job_id, m.organization_id, m.channel, free.account_id, m.expires_at is not null as is_urgent`,
})

/** Ends waiting messages whose code has expired, and erases the code. */
export const expireWaiting = statement({
  takes: { now: value.moment },
  gives: { id: message.id },
  sql: ({ now }) => `
    with ended as (
      update message m set status = 'expired', problem = true, waiting = false, waits_for = null, sealed_variables = null,
        error_code = 'code_expired', error_cause = null, updated_at = ${now},
        provider = coalesce(m.provider, (select a.provider from account a where a.id = m.account_id))
      where m.id in (select w.id from message w where w.waiting and w.expires_at <= ${now} limit ${most} for update skip locked)
      returning m.*
    ), events as (
      insert into message_event (message_id, at, status, attempt, code)
      select id, ${now}, 'expired', attempt, 'code_expired' from ended
    ), counted as (${countingOf(`
      select ${countedColumns}, provider, status as outcome, 1 as by, segments from ended`)}
    )
    select id from ended`,
})
