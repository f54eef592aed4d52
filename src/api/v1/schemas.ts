/** What goes over the wire of the HTTP API: these schemas validate, and are the OpenAPI document. */
import { z } from '@hono/zod-openapi'
import { channelIds } from '#domain/channels/contract.ts'
import { ListMessages } from '#domain/messages/log.ts'
import { SubmitMessage } from '#domain/messages/messages.ts'
import { Cursor } from '#domain/paging.ts'

// Made anew: only a schema made after @hono/zod-openapi was loaded can be described, whoever loads the domain first.
export const SendMessage = z.strictObject(SubmitMessage.shape).openapi('SendMessage', {
  example: {
    channel: 'email',
    scenario: 'login',
    to: 'a@example.com',
    variables: { code: '123456' },
    reference: 'order-17',
  },
})

const Id = z.uuid().openapi({ example: '0193a5c2-7e11-7c39-a2f0-6f1d2c3b4a59' })
const Moment = z.iso.datetime().openapi({ example: '2026-11-22T10:02:11.031Z' })
const Status = z.enum(ListMessages.shape.status.unwrap().options)

export const AcceptedMessage = z
  .object({
    id: Id,
    status: Status,
    channel: z.enum(channelIds),
    scenario: z.string(),
    to: z.string(),
    created_at: Moment,
  })
  .openapi('AcceptedMessage')

export const Message = z
  .object({
    id: Id,
    status: Status,
    channel: z.enum(channelIds),
    scenario: z.string(),
    to: z.string(),
    reference: z.string().nullable(),
    created_at: Moment,
    error: z
      .object({ code: z.string(), detail: z.string().nullable() })
      .nullable()
      .openapi({ description: 'The provider’s code and words of the last attempt that went wrong.' }),
    events: z.array(
      z.object({
        at: Moment,
        status: z.string(),
        attempt: z.int(),
        code: z.string().nullable(),
        detail: z.string().nullable(),
        provider_message_id: z.string().nullable(),
        next_at: Moment.nullable(),
      }),
    ),
  })
  .openapi('Message')

export const MessageList = z
  .object({
    messages: z.array(AcceptedMessage.extend({ error_code: z.string().nullable() })),
    next_cursor: z
      .string()
      .nullable()
      .openapi({ description: 'Give it as `cursor` for the next page; null on the last.' }),
  })
  .openapi('MessageList')

export const ListQuery = z.object({
  cursor: Cursor.optional(),
  status: Status.optional(),
  channel: z.enum(channelIds).optional(),
  scenario: z.string().max(40).optional(),
  to: z.string().max(320).optional().openapi({ description: 'The whole address, exactly.' }),
})

export const IdempotencyHeaders = z.object({
  'idempotency-key': z.string().min(1).max(255).optional().openapi({
    description:
      'For 24 hours, the same key and body get the first answer again; the same key with another body gets 422.',
  }),
})

export const Health = z
  .object({ status: z.enum(['ok', 'unavailable']), database: z.boolean(), queue: z.boolean() })
  .openapi('Health')
