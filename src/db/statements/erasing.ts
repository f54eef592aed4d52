/** What is kept about one recipient of an organization, and how it goes. */
import { auditEvent, deviceEvent, earlyReceipt, message, verification, webhookDelivery } from '../schema/index.ts'
import { statement, value } from '../statement.ts'

/** Behind every character that an address may have: where a range of what begins alike ends. */
const last = 'chr(1114111)'

/** Recipients, as messages and verifications have them, that begin so in lower case. */
export const recipientsThatBegin = statement({
  takes: { organizationId: value.id, beginning: { text: value.text } },
  gives: { recipient: message.recipient },
  sql: ({ organizationId, beginning }) => {
    const begins = (recipient: string) =>
      `lower(${recipient}) ~>=~ beginning.text and lower(${recipient}) ~<~ (beginning.text || ${last})`
    return `
      with beginning as materialized (
        select * from ${beginning}
      )
      select m.recipient from beginning join message m on m.organization_id = ${organizationId} and ${begins('m.recipient')}
      union
      select v.recipient from beginning join verification v on ${begins('v.recipient')}
      join app on app.id = v.app_id and app.organization_id = ${organizationId}`
  },
  plansAnew: true,
})

const of = { organizationId: value.id, recipients: value.texts }

/** Its messages `m`: all but the notices to a member. The index has them in lower case. */
const messagesOf = (organizationId: string, recipients: string) => `
  m.organization_id = ${organizationId} and lower(m.recipient) = any(array(select lower(r) from unnest(${recipients}) r))
    and m.recipient = any(${recipients}) and m.kind <> 'notice'`
const verificationsOf = (organizationId: string, recipients: string) => `
  lower(v.recipient) = any(array(select lower(r) from unnest(${recipients}) r)) and v.recipient = any(${recipients})
    and exists (select from app where app.id = v.app_id and app.organization_id = ${organizationId})`

/** How much is kept, counted up to `most`. */
export const countTraces = statement({
  takes: { ...of, most: value.int },
  gives: { messages: value.int, verifications: value.int },
  sql: ({ organizationId, recipients, most }) => `
    select
      (select count(*)::int from (select from message m where ${messagesOf(organizationId, recipients)} limit ${most}) counted) as messages,
      (select count(*)::int from (select from verification v where ${verificationsOf(organizationId, recipients)} limit ${most}) counted)
        as verifications`,
  plansAnew: true,
})

/** Locks messages that may go: a message that is being sent is in a worker's hands until that has recorded what became of it. */
export const lockErasable = statement({
  takes: { ...of, most: value.int },
  gives: { id: message.id, status: message.status, eventId: message.eventId },
  sql: ({ organizationId, recipients, most }) => `
    select m.id, m.status, m.event_id from message m
    where ${messagesOf(organizationId, recipients)} and m.status <> 'sending'
    order by m.id limit ${most} for update skip locked`,
  plansAnew: true,
})

export const deleteVerifications = statement({
  takes: { ...of, most: value.int },
  gives: { id: verification.id },
  sql: ({ organizationId, recipients, most }) => `
    delete from verification where id = any(array(
      select v.id from verification v where ${verificationsOf(organizationId, recipients)} order by v.id limit ${most} for update
    )) returning id`,
  plansAnew: true,
})

/** Receipts that were kept for messages: by what their provider calls them, or by our own id. */
export const deleteEarlyReceipts = statement({
  takes: { messageIds: value.ids },
  gives: { accountId: earlyReceipt.accountId },
  sql: ({ messageIds }) => `
    delete from early_receipt e using (
      select m.account_id, m.id::text as name from message m where m.id = any(${messageIds})
      union select m.account_id, m.provider_message_id from message m where m.id = any(${messageIds})
      union select p.account_id, p.reference from provider_reference p where p.message_id = any(${messageIds})
    ) known
    where e.account_id = known.account_id and known.name in (e.provider_message_id, e.reference)
    returning e.account_id`,
  plansAnew: true,
})

/** Takes messages out of what events were answered: a repeat is answered with what is left, and sends nothing again. */
export const clearEventAnswers = statement({
  takes: { eventIds: value.ids, messageIds: value.ids },
  gives: { id: deviceEvent.id },
  sql: ({ eventIds, messageIds }) => `
    update device_event set answer = jsonb_set(answer::jsonb, '{messages}', coalesce((
      select jsonb_agg(one order by at) from jsonb_array_elements(answer::jsonb -> 'messages') with ordinality as of(one, at)
      where (one ->> 'id')::uuid <> all(${messageIds})), '[]'))::json
    where id = any(${eventIds}) returning id`,
})

export const deleteDeliveries = statement({
  takes: { subjectIds: value.ids },
  gives: { id: webhookDelivery.id },
  sql: ({ subjectIds }) => `delete from webhook_delivery where subject_id = any(${subjectIds}) returning id`,
})

/** The audit trail goes on saying that something was done to a message, and not to whose. */
export const clearAuditNames = statement({
  takes: { organizationId: value.id, messageIds: value.ids },
  gives: { id: auditEvent.id },
  sql: ({ organizationId, messageIds }) => `
    update audit_event set subject_name = null
    where organization_id = ${organizationId} and subject = 'message' and subject_id = any(array(select id::text from unnest(${messageIds}) id))
    returning id`,
})
