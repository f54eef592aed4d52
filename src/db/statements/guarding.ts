/** What the guard against misuse of codes counts. Rows are taken in one order, or two calls would wait for each other for ever. */
import { codeDecision, verification } from '../schema/index.ts'
import { namesOf, statement, value } from '../statement.ts'

const addUp = `on conflict (key, hour) do update set
    sent = code_count.sent + excluded.sent, verified = code_count.verified + excluded.verified`

/**
 * What was counted under each key within this hour, within the last 24, and on the best of the last 14 days: a few hundred rows of an
 * index at most. Days are counted back from this hour.
 */
export const codesCounted = statement({
  takes: { circle: { number: value.int, key: value.id }, hour: value.moment },
  gives: {
    number: value.int,
    sentInHour: value.int,
    verifiedInHour: value.int,
    sentInDay: value.int,
    verifiedInDay: value.int,
    bestDay: value.int,
    bestDayBefore: value.int,
  },
  sql: ({ circle, hour }) => {
    const today = `${hour} - interval '23 hours'`
    return `
      select circle.number,
        coalesce(sum(c.sent_in_hour), 0)::int as sent_in_hour,
        coalesce(sum(c.verified_in_hour), 0)::int as verified_in_hour,
        coalesce(sum(c.sent) filter (where c.day = ${today}), 0)::int as sent_in_day,
        coalesce(sum(c.verified) filter (where c.day = ${today}), 0)::int as verified_in_day,
        coalesce(max(c.verified), 0)::int as best_day,
        coalesce(max(c.verified) filter (where c.day < ${today}), 0)::int as best_day_before
      from ${circle} left join lateral (
        select date_bin('1 day', hour, ${today}) as day, sum(sent) as sent, sum(verified) as verified,
          sum(sent) filter (where hour = ${hour}) as sent_in_hour, sum(verified) filter (where hour = ${hour}) as verified_in_hour
        from code_count where key = circle.key and hour > ${hour} - interval '14 days' and hour <= ${hour}
        group by 1
      ) c on true
      group by circle.number`
  },
})

/** Counts one code under each key. Its verification keeps those that are to be found again when the code is entered. */
export const countSentCode = statement({
  takes: { circle: { key: value.id, isKept: value.flag }, verificationId: value.id, hour: value.moment },
  gives: {},
  sql: ({ circle, verificationId, hour }) => `
    with circles as (select * from ${circle}), kept as (
      update verification set counted = counted || array(select key from circles where is_kept) where id = ${verificationId}
    )
    insert into code_count (key, hour, sent, verified) select key, ${hour}, 1, 0 from circles order by key ${addUp}`,
})

/** The code of a verification was entered: so were all that were sent for it. */
export const countVerifiedCode = statement({
  takes: { verificationId: verification.id, hour: value.moment },
  gives: {},
  sql: ({ verificationId, hour }) => `
    insert into code_count (key, hour, sent, verified)
    select key, ${hour}, 0, count(*) from verification, unnest(counted) as key where id = ${verificationId}
    group by key order by key ${addUp}`,
})

/** Of verifications none of whose messages was handed over, as far as is known: counted as if the codes had been entered. */
export const forgiveUnsentCodes = statement({
  takes: { verificationIds: value.ids, hour: value.moment },
  gives: {},
  sql: ({ verificationIds, hour }) => `
    insert into code_count (key, hour, sent, verified)
    select counted.key, ${hour}, 0, count(*)
    from verification v join app on app.id = v.app_id cross join unnest(v.counted) as counted(key)
    where v.id = any(${verificationIds}) and not exists (
      select from message m
      where m.organization_id = app.organization_id and lower(m.recipient) = lower(v.recipient) and m.verification_id = v.id
        and m.status not in ('queued', 'failed', 'expired')
    )
    group by counted.key order by counted.key ${addUp}`,
  plansAnew: true,
})

const decided = {
  appId: codeDecision.appId,
  hour: codeDecision.hour,
  channel: codeDecision.channel,
  cause: codeDecision.cause,
  value: codeDecision.value,
  span: codeDecision.span,
  counted: codeDecision.counted,
  allowed: codeDecision.allowed,
  codes: codeDecision.codes,
  refused: codeDecision.refused,
  lastAt: codeDecision.lastAt,
}

/** Adds to what was decided for the same cause within the hour. An App that has gone meanwhile decides nothing. */
export const countDecision = statement({
  takes: { decision: decided },
  gives: {},
  sql: ({ decision }) => `
    insert into code_decision (${namesOf(decided)})
    select ${namesOf(decided)} from ${decision} join app on app.id = decision.app_id for key share of app
    on conflict (app_id, hour, channel, cause, value) do update set
      span = excluded.span, counted = excluded.counted, allowed = excluded.allowed, last_at = excluded.last_at,
      codes = code_decision.codes + excluded.codes, refused = code_decision.refused + excluded.refused`,
})
