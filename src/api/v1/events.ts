/** Events: one call of an App becomes a message for each push rule and template that applies to each recipient. */
import { createRoute, type z } from '@hono/zod-openapi'
import { submitEvent } from '#domain/sending/accept/events.ts'
import { type App, json, problems, readCall, security } from './routes.ts'
import { AcceptedEvent, CallHeaders, SendEvent } from './schemas.ts'

const eventRoute = createRoute({
  method: 'post',
  path: '/api/v1/events',
  summary: 'Tell of an event of a device',
  description:
    '`type` is the key of a notification scenario; `occurred_at` is its variable of that name, unless `variables` has one. ' +
    'One call makes a message for each push rule of the App and this event (to the `openid`), and a call, an SMS and a mail to ' +
    'the `phone` and `email` that are given, where a template is configured. The answer names every message, and in `skipped` ' +
    'the reason for everything that was not sent. All of it is committed before the answer. A push rule with damping sends one ' +
    'message to a recipient within its window: what comes meanwhile is `held_back` and counted, and the next message may tell ' +
    'how many with the variable `${held_back}`, which every push rule has; its time line does, with the code `held_back`.',
  security,
  request: {
    headers: CallHeaders,
    body: { required: true, content: { 'application/json': { schema: SendEvent } } },
  },
  responses: { 202: json('Accepted', AcceptedEvent), ...problems(400, 401, 413, 422, 500, 503) },
})

export function addEvents(app: App): void {
  app.openAPIRegistry.registerPath(eventRoute)
  app.post('/api/v1/events', async (c) => {
    const call = await readCall(c, SendEvent)
    if (call instanceof Response) return call
    const { answer, repeated } = await submitEvent(c.get('ctx'), call.input, call.options)
    if (repeated) c.header('idempotency-replayed', 'true')
    return c.json(answer satisfies z.infer<typeof AcceptedEvent>, 202)
  })
}
