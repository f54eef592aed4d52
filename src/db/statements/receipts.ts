/** What providers say became of messages: receipts, those that come too early, and questions about the past. */
import { account, earlyReceipt, message } from '../schema/index.ts'
import { orNull, statement, value } from '../statement.ts'
import { countedColumns, countingOf } from './counting.ts'
import { span } from './months.ts'

/** `providerMessageId` and `reference` are empty where the provider told none; `ownId` is the reference where it is an id. */
const verdict = {
  organizationId: value.id,
  accountId: value.id,
  providerMessageId: value.text,
  reference: value.text,
  ownId: orNull(value.id),
  state: earlyReceipt.state,
  code: value.text,
  detail: value.text,
  at: orNull(value.moment),
}

/**
 * The messages of verdicts, with when they were sent where this is the first that is heard of them since; as far as they are of the verdict's account and handed over. They are locked in one order, whatever
 * the order of the push, so that two pushes at once do not wait for each other for ever.
 */
export const lockMessagesOf = statement({
  takes: { verdict: { ...verdict, number: value.int } },
  gives: { number: value.int, id: message.id, channel: message.channel, sentAt: orNull(value.moment) },
  sql: ({ verdict: verdicts }) => `
    with verdict as materialized (
      select * from ${verdicts}
    ), named as materialized (
      select v.number, v.organization_id, v.account_id, coalesce(own.id, other.message_id) as id
      from verdict v
      left join message own on own.id = v.own_id and own.organization_id = v.organization_id
      left join lateral (
        select p.message_id from provider_reference p
        where own.id is null and p.account_id = v.account_id and p.reference in (v.provider_message_id, v.reference)
        order by p.reference = v.provider_message_id desc limit 1
      ) other on true
    )
    select named.number, m.id, m.channel, case when m.status = 'sent' and m.kind = 'live' then m.updated_at end as sent_at
    from named join message m on m.id = named.id and m.organization_id = named.organization_id and m.account_id = named.account_id
    where m.status not in ('queued', 'sending')
    order by m.id for update of m`,
  plansAnew: true,
})

/**
 * One verdict of each kind for a message, the one about its latest attempt first. A failure of an earlier attempt, which
 * bears another of the provider's ids, is told and decides nothing. Carriers count whole seconds: what they report is told
 * as later than the sending.
 */
export const writeVerdicts = statement({
  takes: { verdict: { ...verdict, number: value.int, messageId: value.id }, ...span, now: value.moment },
  gives: {},
  sql: ({ verdict: verdicts, first, last, now }) => `
    with verdict as materialized (
      select * from ${verdicts}
    ), fresh as materialized (
      select distinct on (v.message_id, v.state) v.*, case when not m.content_dropped then nullif(v.detail, '') end as kept_detail,
        m.status, m.attempt, m.updated_at,
        (v.provider_message_id <> '' and m.provider_message_id <> v.provider_message_id) is true as is_earlier
      from verdict v join message m on m.id = v.message_id and m.id between ${first} and ${last}
      where m.status <> v.state and (v.provider_message_id = '' or not exists (
        select from message_event e
        where e.message_id = v.message_id and e.status = v.state and e.provider_message_id = v.provider_message_id))
      order by v.message_id, v.state, is_earlier, v.number
    ), decisive as (
      select distinct on (message_id) * from fresh
      where state = 'delivered' or (status in ('sent', 'unknown') and not is_earlier)
      order by message_id, state
    ), updated as (
      update message m set status = v.state, problem = (v.state = 'failed'), settle_at = null, updated_at = ${now},
        error_code = case v.state when 'failed' then nullif(v.code, '') end, error_cause = null,
        error_detail = case v.state when 'failed' then v.kept_detail end,
        provider_message_id = coalesce(m.provider_message_id, nullif(v.provider_message_id, '')),
        provider = coalesce(m.provider, (select a.provider from account a where a.id = m.account_id))
      from decisive v where m.id = v.message_id and m.id between ${first} and ${last}
      returning m.*, v.status as before
    ), counted as (${countingOf(`
      select ${countedColumns}, provider, before as outcome, -1 as by, segments from updated
      union all
      select ${countedColumns}, provider, status, 1, segments from updated`)}
    )
    insert into message_event (message_id, at, status, attempt, account_id, code, detail, provider_message_id)
    select message_id, least(greatest(coalesce(at, ${now}), updated_at), ${now}), state, attempt, account_id, nullif(code, ''),
      kept_detail, nullif(provider_message_id, '')
    from fresh order by number`,
  plansAnew: true,
})

/** Keeps verdicts whose message is being sent, or may become known. */
export const keepEarly = statement({
  takes: { verdict: { ...verdict, mayBecomeKnown: value.flag }, now: value.moment },
  gives: {},
  sql: ({ verdict: verdicts, now }) => `
    insert into early_receipt (account_id, provider_message_id, reference, state, code, detail, at, received_at)
    select verdict.account_id, verdict.provider_message_id, verdict.reference, verdict.state, verdict.code, verdict.detail,
      coalesce(verdict.at, ${now}), ${now}
    from ${verdicts}
    left join message m on m.id = verdict.own_id and m.organization_id = verdict.organization_id
    where case when m.id is null then may_become_known
      else m.status in ('queued', 'sending') or m.account_id = verdict.account_id end
    order by verdict.account_id, verdict.provider_message_id, verdict.reference, verdict.state
    on conflict do nothing`,
  plansAnew: true,
})

/** What was kept since a moment of messages that have been recorded as handed over meanwhile. */
export const findEarly = statement({
  takes: { since: value.moment },
  gives: {
    organizationId: account.organizationId,
    accountId: earlyReceipt.accountId,
    providerMessageId: earlyReceipt.providerMessageId,
    reference: earlyReceipt.reference,
    state: earlyReceipt.state,
    code: earlyReceipt.code,
    detail: earlyReceipt.detail,
    at: earlyReceipt.at,
  },
  sql: ({ since }) => `
    select a.organization_id, e.account_id, e.provider_message_id, e.reference, e.state, e.code, e.detail, e.at
    from early_receipt e join account a on a.id = e.account_id
    join message m on m.organization_id = a.organization_id and m.account_id = a.id and m.status not in ('queued', 'sending')
      and m.id = coalesce(
        case when e.reference ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then e.reference::uuid end,
        (select p.message_id from provider_reference p
          where p.account_id = e.account_id and p.reference in (e.provider_message_id, e.reference)
          order by p.reference = e.provider_message_id desc limit 1))
    where e.received_at > ${since}
    order by e.received_at limit 500`,
})

export const forgetEarly = statement({
  takes: { verdict },
  gives: {},
  sql: ({ verdict: verdicts }) => `
    delete from early_receipt e using ${verdicts}
    where e.account_id = verdict.account_id and e.provider_message_id = verdict.provider_message_id
      and e.reference = verdict.reference and e.state = verdict.state`,
})

/**
 * Takes messages that are due to be asked about, and leaves them alone until `leasedUntil`: a few of each account, in no order
 * of the accounts, so that none is always the last.
 */
export const takeUnsettled = statement({
  takes: {
    now: value.moment,
    leasedUntil: value.moment,
    exceptAccounts: value.ids,
    perAccount: value.int,
    most: value.int,
  },
  gives: {
    id: message.id,
    organizationId: message.organizationId,
    accountId: value.id,
    status: message.status,
    recipient: message.recipient,
    providerMessageId: message.providerMessageId,
    sentAt: value.moment,
  },
  sql: ({ now, leasedUntil, exceptAccounts, perAccount, most }) => `
    with due as (
      select one.id
      from (select id from account where id <> all(${exceptAccounts}) order by random()) a
      cross join lateral (
        select m.id from message m where m.account_id = a.id and m.settle_at <= ${now}
        order by m.settle_at limit ${perAccount} for update of m skip locked
      ) one
      limit ${most}
    )
    update message m set settle_at = ${leasedUntil} from due where m.id = due.id
    returning m.id, m.organization_id, m.account_id, m.status, m.recipient, m.provider_message_id,
      coalesce(case when m.status = 'unknown' then m.unsure_since end,
        (select max(e.at) from message_event e where e.message_id = m.id and e.status = 'sending'), m.updated_at) as sent_at`,
})

/** Lets messages rest until they are asked about next; one that never is is given up, which is told where the provider had taken it. */
export const restUnsettled = statement({
  takes: { rest: { id: value.id, next: message.settleAt }, ...span, leasedUntil: value.moment, now: value.moment },
  gives: {},
  sql: ({ rest, first, last, leasedUntil, now }) => `
    with updated as (
      update message m set settle_at = rest.next from ${rest}
      where m.id = rest.id and m.id between ${first} and ${last} and m.settle_at = ${leasedUntil}
      returning m.id, m.status, m.attempt, m.account_id, rest.next
    )
    insert into message_event (message_id, at, status, attempt, account_id)
    select id, ${now}, 'no_receipt', attempt, account_id from updated where next is null and status = 'sent'`,
})
