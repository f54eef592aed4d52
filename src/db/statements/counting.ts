/** Counters that many calls add to at once: rows are taken in one order, or two of them would wait for each other for ever. */
import { pushDamping, refusedCall } from '../schema/index.ts'
import { statement, value } from '../statement.ts'

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
