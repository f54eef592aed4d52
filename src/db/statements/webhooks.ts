/** What endpoints are to be told, as the worker takes and records it. It is written by triggers, see `schema/webhook.ts`. */
import { app, message, webhookDelivery, webhookEndpoint } from '../schema/index.ts'
import { orNull, statement, value } from '../statement.ts'

const subjectColumns = {
  kind: orNull(message.kind),
  channel: orNull(message.channel),
  scenario: orNull(message.scenario),
  recipient: orNull(message.recipient),
  reference: message.reference,
}

/** What is to be told, with what is known of its subject. */
export const toldColumns = {
  id: webhookDelivery.id,
  sequence: webhookDelivery.sequence,
  type: webhookDelivery.type,
  subjectId: webhookDelivery.subjectId,
  details: webhookDelivery.details,
  at: webhookDelivery.at,
  appKey: app.key,
  wholeRecipient: webhookEndpoint.wholeRecipient,
  ...subjectColumns,
}

/** Of a delivery `d`: its endpoint `e`, that one's App, and its message `m` or verification `v`. */
const subjects = `
  join webhook_endpoint e on e.id = d.endpoint_id join app on app.id = e.app_id
  left join message m on d.type like 'message.%' and m.id = d.subject_id
  left join verification v on d.type like 'verification.%' and v.id = d.subject_id`
const told = `d.id, d.sequence, d.type, d.subject_id, d.details, d.at, app.key as app_key, e.whole_recipient, coalesce(m.kind, v.kind) as kind, m.channel,
  coalesce(m.scenario, v.scenario) as scenario, coalesce(m.recipient, v.recipient) as recipient, m.reference`

/**
 * Takes what is due, of `only` one endpoint or of all but those in hand: of one that fails a single one and of a slow one two, and
 * failing ones last. Whatever is not recorded until `leasedUntil` is taken again.
 */
export const takeDeliveries = statement({
  takes: {
    now: value.moment,
    leasedUntil: value.moment,
    exceptEndpoints: value.ids,
    slowEndpoints: value.ids,
    only: orNull(value.id),
    perEndpoint: value.int,
    most: value.int,
  },
  gives: {
    ...toldColumns,
    organizationId: webhookEndpoint.organizationId,
    endpointId: webhookDelivery.endpointId,
    attempts: webhookDelivery.attempts,
    url: webhookEndpoint.url,
    sealedSecret: webhookEndpoint.sealedSecret,
    sealedFormerSecret: webhookEndpoint.sealedFormerSecret,
    formerUntil: webhookEndpoint.formerUntil,
    traceparent: message.traceparent,
  },
  sql: ({ now, leasedUntil, exceptEndpoints, slowEndpoints, only, perEndpoint, most }) => `
    with due as (
      select one.id
      from (
        select id, case when failing_since is not null then 1 when id = any(${slowEndpoints}) then 2 else ${perEndpoint} end as places
        from webhook_endpoint where enabled and id <> all(${exceptEndpoints}) and (${only} is null or id = ${only})
        order by failing_since is not null, random()
      ) e
      cross join lateral (
        select d.id from webhook_delivery d where d.endpoint_id = e.id and d.state = 'waiting' and d.next_at <= ${now}
        order by d.next_at limit e.places for update of d skip locked
      ) one
      limit ${most}
    ), d as (
      update webhook_delivery d set next_at = ${leasedUntil} from due where d.id = due.id returning d.*
    )
    select ${told}, e.organization_id, d.endpoint_id, d.attempts, e.url, e.sealed_secret, e.sealed_former_secret, e.former_until, m.traceparent
    from d ${subjects}`,
  plansAnew: true,
})

/** Records tries, unless somebody had the delivery sent again, or another worker has it by now. */
export const recordDeliveries = statement({
  takes: {
    result: {
      id: webhookDelivery.id,
      state: webhookDelivery.state,
      nextAt: orNull(webhookDelivery.nextAt),
      ms: webhookDelivery.ms,
      answerStatus: webhookDelivery.answerStatus,
      error: webhookDelivery.error,
      answer: webhookDelivery.answer,
    },
    leasedUntil: value.moment,
    now: value.moment,
  },
  gives: { id: webhookDelivery.id },
  sql: ({ result, leasedUntil, now }) => `
    update webhook_delivery d set state = result.state, attempts = d.attempts + 1, next_at = coalesce(result.next_at, d.next_at),
      tried_at = ${now}, ms = result.ms, answer_status = result.answer_status, error = result.error, answer = result.answer
    from ${result} where d.id = result.id and d.state = 'waiting' and d.next_at = ${leasedUntil}
    returning d.id`,
})

/** What one delivery tells. */
export const readTold = statement({
  takes: { id: value.id, organizationId: value.id },
  gives: toldColumns,
  sql: ({ id, organizationId }) => `
    select ${told} from webhook_delivery d ${subjects} where d.id = ${id} and e.organization_id = ${organizationId}`,
})

/** How many wait and how many have failed, counted up to a thousand each. */
export const countDeliveries = statement({
  takes: { endpointId: value.id },
  gives: { waiting: value.int, failed: value.int },
  sql: ({ endpointId }) => {
    const counted = (state: string) =>
      `(select count(*)::int from (select from webhook_delivery where endpoint_id = ${endpointId} and state = '${state}' limit 1000) d)`
    return `select ${counted('waiting')} as waiting, ${counted('failed')} as failed`
  },
  plansAnew: true,
})

/** Tells an endpoint something for trial. Nothing is written for one that is gone or switched off. */
export const tellForTrial = statement({
  takes: { endpointId: value.id, type: value.text, at: value.moment },
  gives: { id: webhookDelivery.id },
  sql: ({ endpointId, type, at }) => `
    insert into webhook_delivery (id, endpoint_id, type, details, at, state, next_at)
    select uuid_of_now(), id, ${type}, '{}', ${at}, 'waiting', ${at} from webhook_endpoint where id = ${endpointId} and enabled
    returning id`,
})
