/** Counters that many calls add to at once: rows are taken in one order, or two of them would wait for each other for ever. */
import { message, messageCount, pushDamping, refusedCall } from '../schema/index.ts'
import { statement, value } from '../statement.ts'

/** How many rows a counter has while it is busy: connections of one remainder wait for each other's commit. */
const slots = 8
const counter = 'organization_id, hour, app_id, channel, scenario, provider, outcome, slot'
const addUp = `on conflict (${counter}) do update set
    messages = message_count.messages + excluded.messages, segments = message_count.segments + excluded.segments`

/**
 * Counts messages by what has become of them, in the statement or the transaction that writes that. Messages are locked before
 * counters: whoever holds a counter waits for no message, or two could wait for each other. What an App sent with a live key counts, and no test.
 * @param changes rows of messages, each with an `outcome` and `by`: 1 where it has that outcome from now on, -1 where not any more
 */
export const countingOf = (changes: string) => `
  insert into message_count (${counter}, messages, segments)
  select organization_id, date_trunc('hour', created_at, 'UTC'), coalesce(app_id, '00000000-0000-0000-0000-000000000000'),
    channel, scenario, coalesce(provider, ''), outcome, pg_backend_pid() % ${slots}, sum(by), sum(by * coalesce(segments, 0))
  from (${changes}) change where kind = 'live' and outcome not in ('queued', 'sending')
  group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
  ${addUp}`

/** What a counter needs to know of a message. */
export const countedColumns = 'organization_id, app_id, kind, channel, scenario, created_at'

/** For messages that the builder writes, in its transaction. */
export const countMessages = statement({
  takes: { change: { id: message.id, outcome: messageCount.outcome, by: value.int } },
  gives: {},
  sql: ({ change }) =>
    countingOf(`
      select m.organization_id, m.app_id, m.kind, m.channel, m.scenario, m.created_at, change.outcome, change.by,
        case when change.outcome <> 'accepted' then coalesce(m.provider, a.provider) end as provider,
        case when change.outcome <> 'accepted' then m.segments end as segments
      from ${change} join message m on m.id = change.id left join account a on a.id = m.account_id`),
})

/** Makes one row again of counters whose hour is over. Returns one row for each that is gone, a few thousand at most. */
export const foldCounts = statement({
  takes: { until: value.moment },
  gives: { slot: messageCount.slot },
  sql: ({ until }) => `
    with gone as (
      delete from message_count where ctid = any(array(
        select ctid from message_count where slot <> 0 and hour < ${until} limit 5000 for update skip locked
      )) returning *
    ), folded as (
      insert into message_count (${counter}, messages, segments)
      select organization_id, hour, app_id, channel, scenario, provider, outcome, 0, sum(messages), sum(segments)
      from gone group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
      ${addUp}
    )
    select slot from gone`,
})

/** Of an organization's messages in each period, by channel. What is neither sent nor has failed is open. */
export const sumCounts = statement({
  takes: {
    organizationId: value.id,
    period: { number: value.int, since: value.moment, until: value.moment },
  },
  gives: {
    number: value.int,
    channel: messageCount.channel,
    sent: value.int,
    failed: value.int,
    open: value.int,
    segments: value.int,
  },
  sql: ({ organizationId, period }) => `
    select period.number, c.channel,
      coalesce(sum(c.messages) filter (where c.outcome in ('sent', 'delivered')), 0)::int as sent,
      coalesce(sum(c.messages) filter (where c.outcome in ('failed', 'unknown', 'expired')), 0)::int as failed,
      sum(case c.outcome when 'accepted' then c.messages else -c.messages end)::int as open,
      coalesce(sum(c.segments) filter (where c.outcome in ('sent', 'delivered')), 0)::int as segments
    from ${period} join message_count c on c.organization_id = ${organizationId} and c.hour >= period.since and c.hour < period.until
    group by 1, 2`,
  plansAnew: true,
})

/** An App that has gone meanwhile has nothing to count for. */
export const countRefusals = statement({
  takes: {
    refusal: {
      appId: refusedCall.appId,
      hour: refusedCall.hour,
      channel: refusedCall.channel,
      scenario: refusedCall.scenario,
      code: refusedCall.code,
      reason: refusedCall.reason,
      count: refusedCall.count,
      lastAt: refusedCall.lastAt,
    },
  },
  gives: {},
  sql: ({ refusal }) => `
    insert into refused_call (organization_id, app_id, hour, channel, scenario, code, reason, count, last_at)
    select app.organization_id, app.id, refusal.hour, refusal.channel, refusal.scenario, refusal.code, refusal.reason,
      refusal.count, refusal.last_at
    from ${refusal} join app on app.id = refusal.app_id
    order by app.id, refusal.hour, refusal.channel, refusal.scenario, refusal.code, refusal.reason for key share of app
    on conflict (app_id, hour, channel, scenario, code, reason) do update set
      count = refused_call.count + excluded.count, last_at = greatest(refused_call.last_at, excluded.last_at)`,
})

/**
 * Counts a message of each rule and recipient in their window. A rule that has just been deleted has no window, and one that ends
 * later than a new one would was opened before the clock was set back: it is over.
 */
export const countDamped = statement({
  takes: { message: { ruleId: value.id, recipient: value.text, seconds: value.int }, now: value.moment },
  gives: {
    ruleId: pushDamping.ruleId,
    recipient: pushDamping.recipient,
    goesOut: value.flag,
    heldBefore: pushDamping.heldBefore,
  },
  sql: ({ message, now }) => {
    const isOver = `(d.window_end <= ${now} or d.window_end > excluded.window_end + interval '3 seconds')`
    return `
      insert into push_damping as d (rule_id, recipient, window_end, held_back)
      select message.rule_id, message.recipient, ${now} + message.seconds * interval '1 s', 0
      from ${message} join push_rule on push_rule.id = message.rule_id
      order by message.rule_id, message.recipient for key share of push_rule
      on conflict (rule_id, recipient) do update set
        window_end = case when ${isOver} then excluded.window_end else d.window_end end,
        held_before = case when ${isOver} then d.held_back else d.held_before end,
        held_back = case when ${isOver} then 0 else d.held_back + 1 end
      returning rule_id, recipient, held_back = 0 as goes_out, held_before`
  },
})
