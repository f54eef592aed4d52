/** Writing messages: message, first event, job and counter are one statement. */
import { message, messageKey } from '../schema/index.ts'
import { namesOf, orNull, statement, value } from '../statement.ts'
import { countedColumns, countingOf } from './counting.ts'
import { addJobsOf } from './jobs.ts'
import { answered, fingerprint, question } from './template-resolution.ts'

/** What a message brings. One by a push rule has no template; its version is the rule's. */
export const acceptedColumns = {
  id: message.id,
  jobId: message.jobId,
  organizationId: message.organizationId,
  appId: message.appId,
  apiKeyId: message.apiKeyId,
  kind: message.kind,
  channel: message.channel,
  scenario: message.scenario,
  recipient: message.recipient,
  locale: message.locale,
  templateId: message.templateId,
  templateVersion: message.templateVersion,
  accountId: message.accountId,
  pushRuleId: message.pushRuleId,
  eventId: message.eventId,
  verificationId: message.verificationId,
  variables: message.variables,
  sealedVariables: message.sealedVariables,
  reference: message.reference,
  traceparent: message.traceparent,
  expiresAt: message.expiresAt,
  createdAt: message.createdAt,
}

/** `heldBefore`: how many its push rule's damping held back before it. `condition`: the number of what it is accepted under. */
const given = {
  ...acceptedColumns,
  idempotencyKey: orNull(messageKey.idempotencyKey),
  bodyHash: orNull(messageKey.bodyHash),
  jobGroup: value.text,
  heldBefore: orNull(value.int),
  condition: orNull(value.int),
}

const columns = namesOf(acceptedColumns)

/**
 * Begins a statement that writes messages with their first events and jobs, and counts them. Of a key that was used before nothing is written;
 * `inserted` has the ids of what was. Keys are taken in one order, or two processes that repeat each other's calls would wait for each
 * other for ever.
 * @param conditions further common table expressions
 * @param where which of `given` are written
 */
const writing = (messages: string, conditions = '', where = '') => `
  with given as (
    select * from ${messages}
  )${conditions}, wanted as (
    select given.* from given ${where}
  ), taken as (
    insert into message_key (app_id, kind, idempotency_key, body_hash, message_id, created_at)
    select app_id, kind, idempotency_key, body_hash, id, created_at from wanted where idempotency_key is not null order by 1, 2, 3
    on conflict do nothing
    returning message_id
  ), inserted as (
    insert into message (${columns}, status, updated_at)
    select ${columns}, 'queued', created_at from wanted where idempotency_key is null or id in (select message_id from taken)
    returning id
  ), written as (
    select id, job_id, job_group, expires_at is not null as is_urgent, held_before, ${countedColumns}
    from inserted join wanted using (id)
  ), events as (
    insert into message_event (message_id, at, status, attempt, code, detail)
    select id, created_at, 'accepted', 0, case when held_before > 0 then 'held_back' end, nullif(held_before, 0)::text from written
  ), enqueued as (${addJobsOf('written')}
  ), counted as (${countingOf(`
    select ${countedColumns}, '' as provider, 'accepted' as outcome, 1 as by, null::int as segments from written`)}
  )`

/** Writes messages unconditionally. */
export const insertMessages = statement({
  takes: { message: given },
  gives: { id: message.id },
  sql: ({ message: messages }) => `${writing(messages)} select id from inserted`,
})

/**
 * Accepts messages whose API key is still good, and for which the templates still resolve to what they were made of: both are
 * looked at again here, so that callers may remember them.
 */
export const acceptMessages = statement({
  takes: {
    message: given,
    question: { ...question, keyId: value.id, fingerprint: value.text },
    now: value.moment,
  },
  gives: { id: message.id, isKeyGood: value.flag, isUnchanged: value.flag, isNew: value.flag },
  sql: ({ message: messages, question: questions, now }) => `${writing(
    messages,
    `, condition as (
      select question.number as condition, ${fingerprint} = question.fingerprint as is_unchanged, exists (
        select from api_key k
        where k.id = question.key_id and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${now})
      ) as is_key_good
      from ${answered(questions)}
    )`,
    'join condition using (condition) where is_key_good and is_unchanged',
  )}
  select given.id, is_key_good, is_unchanged, inserted.id is not null as is_new
  from given join condition using (condition) left join inserted using (id)`,
})
