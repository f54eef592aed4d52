/** What is wrong now, of all organizations, held against the incidents that are open. */
import { incident } from '../schema/index.ts'
import { orNull, statement, value } from '../statement.ts'
import { deliveriesQueue, urgently } from './jobs.ts'

/** What is noticed for shorter than this is no incident, and what was not seen for as long is over. */
const recoversAfter = `interval '2 minutes'`
const lateAfter = `interval '5 minutes'`
const webhooksAfter = `interval '5 minutes'`
/** Of messages that were sent through one provider in five hours, so many without a receipt are silence. */
const silentFrom = 20

/** A template for an audience that it was never written for has lost nothing. */
const approvals = `
  select a.organization_id, 'approval_lost' as kind, a.id::text as place, lost.reason as cause,
    jsonb_build_object('name', a.name, 'channel', a.channel, 'provider', a.provider, 'reason', lost.reason, 'count', count(distinct t.id))
      as details, min(t.lost_at) as since
  from template t join account a on a.id = t.account_id and a.validated
  cross join lateral (
    select value ->> 'blocked' as reason from jsonb_each(t.standing) where value ->> 'blocked' <> 'no_' || key || '_template' limit 1
  ) lost
  where t.lost_at is not null group by a.id, lost.reason`

const ofAccount = (count: string) =>
  `jsonb_build_object('name', a.name, 'channel', a.channel, 'provider', a.provider, 'count', ${count})`
const hasDelivered = (of: string, hours: string) => `
  exists (
    select from message_count c where c.organization_id = ${of}.organization_id and c.channel = ${of}.channel
      and c.provider = ${of}.provider and c.outcome = 'delivered' and c.messages > 0 and ${hours}
  )`

/**
 * From the counters: what was sent one to six hours ago and is still nothing but sent, where receipts used to come. Once it is so, it
 * is over with the first receipt for a message since then, however few messages there are meanwhile.
 */
const receipts = (now: string) => `
  select a.organization_id, 'receipts_silent', a.id::text, '', ${ofAccount('silent.count')}, null::timestamptz
  from (
    select organization_id, channel, provider, sum(messages) filter (where outcome = 'sent') as count
    from message_count where hour >= ${now} - interval '6 hours' and hour <= ${now} - interval '2 hours' and provider <> ''
    group by 1, 2, 3
    having sum(messages) filter (where outcome = 'sent') >= ${silentFrom}
      and coalesce(sum(messages) filter (where outcome = 'delivered'), 0) = 0
  ) silent
  join account a on a.organization_id = silent.organization_id and a.channel = silent.channel and a.provider = silent.provider
    and a.validated and a.failing_since is null
  where ${hasDelivered('silent', `c.hour >= ${now} - interval '7 days' and c.hour < ${now} - interval '6 hours'`)}
    and not exists (
      select from incident i where i.organization_id = a.organization_id and i.kind = 'receipts_silent' and i.place = a.id::text
        and i.recovered_at is null
    )
  union all
  select a.organization_id, i.kind, i.place, i.cause, i.details, i.opened_at
  from incident i join account a on a.organization_id = i.organization_id and a.id::text = i.place and a.validated and a.failing_since is null
  where i.kind = 'receipts_silent' and i.recovered_at is null and not ${hasDelivered('a', "c.hour >= i.opened_at - interval '6 hours'")}`

/** Of a long line a part: what is late is late for long. */
const lateJobs = (priority: number) => `
  (select data, start_after from pgboss.job
   where name = '${deliveriesQueue}' and state < 'active' and not blocked and priority = ${priority}
     and start_after < now() - ${lateAfter}
   limit 20000)`

const queue = (isHeld: string) => `
  select m.organization_id, 'queue_late', '', '', jsonb_build_object('count', count(*)::int,
    'minutes', floor(extract(epoch from now() - min(job.start_after)) / 60)::int), min(job.start_after)
  from (${lateJobs(urgently)} union all ${lateJobs(0)}) job join message m on m.id = (job.data ->> 'messageId')::uuid
  where not ${isHeld} group by 1`

const webhooks = (now: string) => `
  select e.organization_id, 'webhook_failing', e.id::text, case when e.is_gone then 'gone' else '' end,
    jsonb_build_object('name', coalesce(nullif(e.description, ''), substring(e.url from '^[^:]+://([^/?#]+)')),
      'app', app.name, 'appKey', app.key), e.failing_since
  from webhook_endpoint e join app on app.id = e.app_id
  where e.is_gone or (e.enabled and e.failing_since <= ${now} - ${webhooksAfter})`

/**
 * Opens an incident for what is wrong and has none, and ends those that have not been seen for a while. Any number may do so at
 * once. Whoever was told that one began is told that it is over, unless its place is wrong for another cause.
 */
export const holdAgainstIncidents = statement({
  takes: {
    now: value.moment,
    isHeld: value.flag,
    failing: {
      organizationId: incident.organizationId,
      place: incident.place,
      cause: incident.cause,
      details: incident.details,
      since: incident.openedAt,
    },
    installation: { kind: incident.kind, details: incident.details },
  },
  gives: { opened: value.int, recovered: value.int },
  sql: ({ now, isHeld, failing, installation }) => `
    with wrong as (
      ${approvals} union all ${receipts(now)} union all ${queue(isHeld)} union all ${webhooks(now)}
      union all
      select organization_id, 'account_failing', place, cause, details, since from ${failing}
      union all
      select first.id, installation.kind, '', '', installation.details, null
      from ${installation} cross join (select id from organization order by id limit 1) first
    ), opened as (
      insert into incident (id, organization_id, kind, place, cause, details, opened_at, seen_at, tell_at)
      select uuid_of_now(), organization_id, kind, place, cause, jsonb_strip_nulls(details), coalesce(since, ${now}), ${now}, ${now}
      from wrong order by organization_id, kind, place, cause limit 1000
      on conflict (organization_id, kind, place, cause) where recovered_at is null
        do update set seen_at = excluded.seen_at, details = excluded.details
        where incident.seen_at < excluded.seen_at - interval '20 seconds'
      returning xmax = 0 as is_new
    ), recovered as (
      update incident i set recovered_at = ${now}, tell_at =
        case when exists (select from incident_telling t where t.incident_id = i.id) and not exists (
          select from wrong w where w.organization_id = i.organization_id and w.kind = i.kind and w.place = i.place
        ) then ${now} end
      where i.recovered_at is null and i.seen_at < ${now} - ${recoversAfter} and not exists (
        select from wrong w
        where w.organization_id = i.organization_id and w.kind = i.kind and w.place = i.place and w.cause = i.cause
      )
      returning 1
    )
    select (select count(*) from opened where is_new)::int as opened, (select count(*) from recovered)::int as recovered`,
  plansAnew: true,
})

/** Incidents with who was told of each, as the page of an organization shows them. */
export const toldOf = statement({
  takes: { incidents: value.ids },
  gives: {
    incidentId: incident.id,
    isOver: value.flag,
    channel: value.text,
    people: value.int,
    name: orNull(value.text),
  },
  sql: ({ incidents }) => `
    select incident_id, is_over, channel, count(*)::int as people, min(name) as name
    from incident_telling where incident_id = any(${incidents}) and message_id is not null group by 1, 2, 3 order by 1, 2, 3`,
})
