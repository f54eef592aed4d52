/** What goes over the wire of the HTTP API: these schemas validate, and are the OpenAPI document. */
import { z } from '@hono/zod-openapi'
import { Text } from '#channels/text.ts'
import { channelIds } from '#channels/traits.ts'
import { Cursor } from '#domain/base/paging.ts'
import { skipReasons } from '#domain/push-rules/plan.ts'
import { SubmitEvent } from '#domain/sending/accept/events.ts'
import { SubmitMessage } from '#domain/sending/accept/messages.ts'
import { ListMessages } from '#domain/sending/log/log.ts'
import { CheckVerification, verificationAnswers } from '#domain/verifications/checking.ts'
import { StartVerification as StartVerificationInput } from '#domain/verifications/starting.ts'
import { trial, webhookEvents } from '#domain/webhooks/payload.ts'

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
const ScenarioKey = z.string().openapi({ example: 'login' })
const Address = z.string().openapi({ example: '+8613800138000' })
const Status = z.enum(ListMessages.shape.status.unwrap().options)

export const AcceptedMessage = z
  .object({
    id: Id,
    status: Status,
    channel: z.enum(channelIds),
    scenario: ScenarioKey,
    to: Address,
    created_at: Moment,
  })
  .openapi('AcceptedMessage')

export const Message = z
  .object({
    id: Id,
    status: Status,
    channel: z.enum(channelIds),
    scenario: ScenarioKey,
    to: Address,
    reference: z.string().nullable().openapi({ example: 'order-17' }),
    created_at: Moment,
    error: z.object({ code: z.string(), detail: z.string().nullable() }).nullable().openapi({
      description:
        'The provider’s code and words of the last attempt that went wrong; null in place of words that the organization does not keep any more.',
    }),
    events: z.array(
      z.object({
        at: Moment,
        status: z.string().openapi({ example: 'accepted' }),
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

export const SendEvent = z.strictObject(SubmitEvent.shape).openapi('SendEvent', {
  example: {
    type: 'device_alarm',
    occurred_at: '2026-11-22T18:02:11+08:00',
    variables: {
      device_name: 'Boiler room 2',
      device_key: 'dev-7f3a91',
      alarm_content: 'Over 93 °C',
      alarm_level: 'high',
    },
    recipients: [{ openid: 'oAbCdEfGhIjKlMnOpQrStUvWxYz0', phone: '+8613800138000' }],
    reference: 'alarm-17',
  },
})

const RecipientIndex = z.int().openapi({ description: 'Which of the recipients, from 0.' })
const RuleName = z
  .object({ id: Id, name: z.string().openapi({ example: 'Alarms to the control room' }) })
  .openapi('PushRule')

export const AcceptedEvent = z
  .object({
    id: Id,
    type: z.string().openapi({ example: 'device_alarm' }),
    messages: z.array(
      z.object({
        id: Id,
        recipient: RecipientIndex,
        channel: z.enum(channelIds),
        to: Address,
        rule: RuleName.optional(),
        status: Status,
      }),
    ),
    skipped: z
      .array(
        z.object({
          recipient: RecipientIndex,
          channel: z.enum(channelIds),
          rule: RuleName.optional(),
          reason: z.enum(skipReasons),
          detail: z
            .string()
            .optional()
            .openapi({ description: 'More of the reason, such as missing variables.', example: 'device_name' }),
        }),
      )
      .openapi({ description: 'What made no message, and why.' }),
  })
  .openapi('AcceptedEvent')

export const StartVerification = z.strictObject(StartVerificationInput.shape).openapi('StartVerification', {
  example: { channel: 'sms', scenario: 'login', to: '+8613800138000', client_ip: '203.0.113.7' },
})

export const StartedVerification = z
  .object({
    id: Id,
    status: z.literal('pending'),
    expires_at: Moment.openapi({ description: 'Until when the code can be entered.' }),
    resend_at: Moment.openapi({ description: 'From when on the next code can be sent to this recipient.' }),
    message_id: Id.openapi({ description: 'The message that carries the code, for `GET /api/v1/messages/{id}`.' }),
  })
  .openapi('StartedVerification')

export const CheckCode = z.strictObject(CheckVerification.shape).openapi('CheckCode', { example: { code: '493817' } })

export const CheckedVerification = z
  .object({
    id: Id,
    status: z.enum(verificationAnswers),
    attempts_left: z.int().optional().openapi({ description: 'With `pending`: how many tries are left.' }),
  })
  .openapi('CheckedVerification')

export const ListQuery = z.object({
  cursor: Cursor.optional(),
  status: Status.optional(),
  channel: z.enum(channelIds).optional(),
  scenario: Text(40).optional(),
  to: Text(320).optional().openapi({ description: 'The whole address; letter case does not matter.' }),
})

export const IdempotencyHeaders = z.object({
  'idempotency-key': Text(255).min(1).optional().openapi({
    description:
      'For 24 hours, the same key and body get the first answer again; the same key with another body gets 422.',
  }),
})

const Traceparent = z.string().openapi({ example: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' })

/** Of a call that something is sent by. */
export const CallHeaders = IdempotencyHeaders.extend({
  traceparent: Traceparent.optional().openapi({
    description: 'By W3C Trace Context: where Signet traces, what becomes of the call is part of this trace.',
  }),
})

/** What a webhook is called with. Fields that a type does not have are left out. */
export const WebhookCall = z
  .object({
    type: z.enum([...webhookEvents, trial]),
    timestamp: Moment.openapi({ description: 'When it happened.' }),
    data: z.object({
      app: z.string().openapi({ example: 'shop' }),
      id: Id.optional().openapi({ description: 'Of the message, verification, account, template or push rule.' }),
      test: z.boolean().optional().openapi({ description: 'Whether it was sent with a test key.' }),
      channel: z.enum(channelIds).optional(),
      scenario: ScenarioKey.optional(),
      to: Address.optional().openapi({ description: 'Masked, unless the webhook is told whole recipients.' }),
      reference: z.string().optional(),
      status: z.string().optional(),
      attempt: z.int().optional(),
      sequence: z
        .int()
        .optional()
        .openapi({ description: 'Of two calls about one message the one with the greater is the later.' }),
      error_code: z.string().optional(),
      name: z.string().optional(),
      provider: z.string().optional(),
      code: z.string().optional(),
      cause: z.string().optional(),
      override: z.boolean().optional(),
      audience: z.string().optional(),
      reason: z.string().optional(),
    }),
  })
  .openapi('WebhookCall')

export const WebhookHeaders = z.object({
  'webhook-id': Id.openapi({ description: 'The same at every try: a repeat is known by it.' }),
  'webhook-timestamp': z.string().openapi({ description: 'Of this try, in seconds.' }),
  'webhook-signature': z
    .string()
    .openapi({ description: 'By Standard Webhooks: `v1,…`, two while a secret is replaced.' }),
  traceparent: Traceparent.optional().openapi({
    description: 'By W3C Trace Context, where Signet traces: of a message, within the trace of the call that sent it.',
  }),
})

export const Health = z
  .object({
    status: z.enum(['ok', 'unavailable']),
    database: z.boolean(),
    queue: z.boolean(),
    /** Messages are accepted, and not sent until a person says so. */
    held: z.boolean(),
    oldest_statement_seconds: z.number(),
    oldest_job_seconds: z.number().nullable(),
  })
  .openapi('Health')
