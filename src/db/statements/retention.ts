/** What an organization does not keep any more: messages, and what they said. A batch at a time, from the oldest on, by their ids. */
import { message } from '../schema/index.ts'
import { statement, value } from '../statement.ts'

/** Something still happens to it by itself. */
const isUnderWay = `(m.status in ('queued', 'sending') or m.settle_at is not null)`

const range = { organizationId: value.id, from: value.id, until: value.id, most: value.int }

// Ids are handed on as arrays: joined, as many of them would have the whole table read.

/** What a message said is its values and what a provider said of it; it keeps its outcome. The name of who sent it again is neither. */
const droppingOf = (ids: string) => `
    dropped as (
      update message m set content_dropped = true, variables = '{}', sealed_variables = null, error_detail = null
      where m.id = any(array(${ids}))
    ), details as (
      update message_event e set detail = null where e.message_id = any(array(${ids})) and e.detail is not null and e.status <> 'resent'
    )`

/** Locks the oldest messages of a range but for those under way. Gives the ids, the oldest first. */
export const lockOldMessages = statement({
  takes: range,
  gives: { id: message.id },
  sql: ({ organizationId, from, until, most }) => `
    select m.id from message m
    where m.organization_id = ${organizationId} and m.id >= ${from} and m.id < ${until} and not ${isUnderWay}
    order by m.id limit ${most} for update skip locked`,
  plansAnew: true,
})

/** Deletes messages that the transaction has locked, with all that hangs on them. */
export const deleteMessages = statement({
  takes: { ids: value.ids },
  gives: {},
  sql: ({ ids }) => `
    with keys as (
      delete from message_key where message_id = any(${ids})
    ), names as (
      delete from provider_reference where message_id = any(${ids})
    ), overdue as (
      delete from overdue_content where message_id = any(${ids})
    ), events as (
      delete from message_event where message_id = any(${ids})
    )
    delete from message where id = any(${ids})`,
  plansAnew: true,
})

/** Drops what the oldest messages of a range said; those under way are noted. Gives the ids of both, the oldest first. */
export const dropContents = statement({
  takes: range,
  gives: { id: message.id },
  sql: ({ organizationId, from, until, most }) => `
    with old as materialized (
      select m.id, ${isUnderWay} as is_under_way from message m
      where m.organization_id = ${organizationId} and m.id >= ${from} and m.id < ${until} and not m.content_dropped
        and not exists (select from overdue_content o where o.message_id = m.id)
      order by m.id limit ${most} for update of m skip locked
    ), noted as (
      insert into overdue_content (message_id) select id from old where is_under_way
    ), ${droppingOf('select id from old where not is_under_way')}
    select id from old order by id`,
  plansAnew: true,
})

/** Says how far contents are dropped: to the end of the range, or to the first message that somebody held meanwhile. */
export const noteContentsDropped = statement({
  takes: { organizationId: value.id, from: value.id, until: value.id },
  gives: {},
  sql: ({ organizationId, from, until }) => `
    update organization set content_dropped_to = coalesce((
      select m.id from message m
      where m.organization_id = ${organizationId} and m.id >= ${from} and m.id < ${until} and not m.content_dropped
        and not exists (select from overdue_content o where o.message_id = m.id)
      order by m.id limit 1), ${until})
    where id = ${organizationId}`,
  plansAnew: true,
})

/** Drops what was noted and has ended since, where contents still have a time. Gives the ids. */
export const dropOverdueContents = statement({
  takes: { most: value.int },
  gives: { id: message.id },
  sql: ({ most }) => `
    with ended as materialized (
      select m.id from overdue_content o
      join message m on m.id = o.message_id
      join organization of on of.id = m.organization_id and of.content_days is not null
      where not ${isUnderWay} limit ${most} for update of m skip locked
    ), forgotten as (
      delete from overdue_content where message_id = any(array(select id from ended))
    ), ${droppingOf('select id from ended')}
    select id from ended`,
  plansAnew: true,
})
