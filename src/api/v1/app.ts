/** The HTTP API that Apps call: a Hono app that stands before Next, and its OpenAPI document. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AppActor } from '#domain/base/ctx.ts'
import { isDomainError } from '#domain/base/errors.ts'
import { health } from '#domain/overview/health.ts'
import { listMessages } from '#domain/sending/log/log.ts'
import { getMessage } from '#domain/sending/log/message.ts'
import type { Parts } from '#platform/compose.ts'
import { addEvents } from './events.ts'
import { problem, problemOf } from './problem.ts'
import { addReceipts, withoutToken } from './receipts.ts'
import { type Reference, referenceOf } from './reference.ts'
import { type App, invalidRequest, json, problems, readCall, security, type Variables } from './routes.ts'
import {
  AcceptedMessage,
  CallHeaders,
  type Health,
  ListQuery,
  Message,
  MessageList,
  SendMessage,
  WebhookCall,
  WebhookHeaders,
} from './schemas.ts'
import { tracedCall } from './trace.ts'
import { addVerifications } from './verifications.ts'

const mostBytes = 64 * 1024

const sendRoute = createRoute({
  method: 'post',
  path: '/api/v1/messages',
  summary: 'Send a message',
  description: 'Accepted means kept: the message is committed before the answer, and is sent by a worker.',
  security,
  request: {
    headers: CallHeaders,
    body: { required: true, content: { 'application/json': { schema: SendMessage } } },
  },
  responses: { 202: json('Accepted', AcceptedMessage), ...problems(400, 401, 403, 409, 413, 422, 429, 500, 503) },
})
const getRoute = createRoute({
  method: 'get',
  path: '/api/v1/messages/{id}',
  summary: 'One message with its time line',
  security,
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json('The message', Message), ...problems(400, 401, 404, 500, 503) },
})
const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/messages',
  summary: 'Messages of the App, newest first',
  security,
  request: { query: ListQuery },
  responses: { 200: json('A page of messages', MessageList), ...problems(400, 401, 500, 503) },
})

type Handler = MiddlewareHandler<{ Variables: Variables }>

const tooLarge = (c: Context<{ Variables: Variables }>) => problem('payload_too_large', c.get('requestId'))
const limited = bodyLimit({ maxSize: mostBytes, onError: tooLarge })

/** Node reads no more than was announced, so that only what comes in chunks has to be counted: that takes a copy. */
const limitBody: Handler = async (c, next) => {
  const announced = c.req.header('content-length')
  if (announced === undefined || c.req.header('transfer-encoding')) return limited(c, next)
  return Number(announced) > mostBytes ? tooLarge(c) : next()
}

/** The calls that something is sent by: what refuses them is counted. */
const sends = new Set(['/api/v1/messages', '/api/v1/events', '/api/v1/verifications'])

/** With a live key: a test key is for trying out what is refused. */
function noteRefusal(parts: Parts, actor: AppActor, c: Context<{ Variables: Variables }>): void {
  if (c.req.method !== 'POST' || actor.keyKind !== 'live' || c.res.status >= 500) return
  const { channel = '', scenario = '', type = '' } = (c.get('input') ?? {}) as Record<string, string | undefined>
  const { code, data } = isDomainError(c.error) ? c.error : ({ code: 'invalid_request', data: {} } as const)
  parts.refusals.note({ appId: actor.appId, channel, scenario: scenario || type, code, reason: data.reason ?? '' })
}

/** Tells whose key a call came with. */
const identify =
  (parts: Parts): Handler =>
  async (c, next) => {
    const key = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const unauthorized = () => problem('unauthorized', c.get('requestId'))
    if (!key) return unauthorized()
    // Submitting a message looks at the key again in its commit, which saves asking first.
    const isSubmitting = c.req.method === 'POST' && c.req.path === '/api/v1/messages'
    const presumed = isSubmitting ? parts.presumedActorOf(key) : undefined
    const actor = presumed ?? (await parts.actorOf(key))
    if (!actor) return unauthorized()
    const ctx = parts.contextFor(actor)
    c.set('ctx', ctx)
    const isTraced = ctx.trace && c.req.method === 'POST' && sends.has(c.req.path)
    await (isTraced ? tracedCall(c, next) : next())
    if (c.res.status < 400) return undefined
    if (presumed && !(await parts.actorOf(key))) c.res = unauthorized()
    else if (sends.has(c.req.path)) noteRefusal(parts, actor, c)
    return undefined
  }

/** The front door for Apps. */
export function v1(parts: Parts) {
  const app = new OpenAPIHono<{ Variables: Variables }>({
    defaultHook: (result, c) => (result.success ? undefined : invalidRequest(result.error, c.get('requestId'))),
  })

  app.use(async (c, next) => {
    c.set('requestId', c.req.header('x-request-id') ?? 'none')
    await next()
  })
  app.onError((error, c) => {
    const requestId = c.get('requestId')
    const refusal = problemOf(error, requestId)
    if (refusal && refusal.status < 500) return refusal
    parts.log.error({ err: error, requestId, path: withoutToken(c.req.path) }, 'a request failed')
    return refusal ?? problem('internal', requestId)
  })
  app.notFound((c) =>
    problem('not_found', c.get('requestId'), { detail: 'There is nothing at this address. See /docs.' }),
  )

  // The star stands for nothing, too.
  for (const path of ['/api/v1/messages', '/api/v1/events', '/api/v1/verifications/*']) app.use(path, limitBody)
  for (const path of ['/api/v1/messages/*', '/api/v1/events', '/api/v1/verifications/*']) app.use(path, identify(parts))
  addMessages(app, parts)
  addEvents(app)
  addVerifications(app)
  addReceipts(app, parts)
  addDescription(app, parts)
  return app
}

function addMessages(app: App, parts: Parts): void {
  // Described like the others, but read by hand: it is called the most by far.
  app.openAPIRegistry.registerPath(sendRoute)
  app.post('/api/v1/messages', async (c) => {
    const call = await readCall(c, SendMessage)
    if (call instanceof Response) return call
    const { repeated, ...accepted } = await parts.submit(c.get('ctx'), call.input, call.options)
    if (repeated) c.header('idempotency-replayed', 'true')
    return c.json(accepted satisfies z.infer<typeof AcceptedMessage>, 202)
  })
  app.openapi(getRoute, async (c) => {
    const found = await getMessage(c.get('ctx'), c.req.valid('param').id)
    return c.json(
      {
        id: found.id,
        status: found.status,
        channel: found.channel,
        scenario: found.scenario,
        to: found.recipient,
        reference: found.reference,
        created_at: found.createdAt.toISOString(),
        error: found.errorCode ? { code: found.errorCode, detail: found.errorDetail } : null,
        events: found.events.map((event) => ({
          at: event.at.toISOString(),
          status: event.status,
          attempt: event.attempt,
          code: event.code,
          detail: event.detail,
          provider_message_id: event.providerMessageId,
          next_at: event.nextAt?.toISOString() ?? null,
        })),
      },
      200,
    )
  })
  app.openapi(listRoute, async (c) => {
    const { to, ...query } = c.req.valid('query')
    const { rows, older } = await listMessages(c.get('ctx'), { ...query, ...(to ? { recipient: to } : {}) })
    const messages = rows.map((row) => ({
      id: row.id,
      status: row.status,
      channel: row.channel,
      scenario: row.scenario,
      to: row.recipient,
      created_at: row.createdAt.toISOString(),
      error_code: row.errorCode,
    }))
    return c.json({ messages, next_cursor: older }, 200)
  })
}

const describe = (app: App, url: string) =>
  app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Signet', version: '1', description: 'Send messages to the users of your App.' },
    servers: [{ url }],
  })

/** What the documentation says of the HTTP API. */
export const describedApi = (app: App, url: string): Reference => referenceOf(describe(app, url), url)

function addDescription(app: App, parts: Parts): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key of an App: `sk_live_…` or `sk_test_…`.',
  })
  app.openAPIRegistry.registerWebhook({
    method: 'post',
    path: 'told',
    summary: 'What became of messages',
    description: 'Made by Signet to the webhooks of an App. Any answer from 200 to 299 within 15 seconds will do.',
    request: { headers: WebhookHeaders, body: { content: { 'application/json': { schema: WebhookCall } } } },
    responses: { 204: { description: 'Taken.' } },
  })
  let described: ReturnType<typeof describe> | undefined
  app.get('/api/v1/openapi.json', (c) => {
    described ??= describe(app, parts.env.url)
    return c.json(described)
  })
  app.get('/api/metrics', async (c) => {
    const { status, contentType, body } = await parts.metricsDoor.answer(c.req.header('authorization'))
    return new Response(body, { status, headers: { 'content-type': contentType } })
  })
  app.get('/api/health', async (c) => {
    const { database, queue, held, oldestStatement, oldestJob } = await health(parts)
    const ok = database && queue
    const seconds = { oldest_statement_seconds: oldestStatement, oldest_job_seconds: oldestJob }
    return c.json(
      { status: ok ? 'ok' : 'unavailable', database, queue, held, ...seconds } satisfies z.infer<typeof Health>,
      ok ? 200 : 503,
    )
  })
}
