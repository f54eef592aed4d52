/** Verifications: Signet makes a code, sends it, and says whether what a person entered is it. */
import { createRoute, z } from '@hono/zod-openapi'
import { checkVerification } from '#domain/verifications/checking.ts'
import { startVerification } from '#domain/verifications/starting.ts'
import { problem } from './problem.ts'
import { type App, json, problems, readCall, security } from './routes.ts'
import {
  CallHeaders,
  CheckCode,
  CheckedVerification,
  IdempotencyHeaders,
  StartedVerification,
  StartVerification,
} from './schemas.ts'

const Params = z.object({ id: z.uuid() })

const startRoute = createRoute({
  method: 'post',
  path: '/api/v1/verifications',
  summary: 'Send a code that Signet makes',
  description:
    'For a verification scenario. Signet makes a random code, sends it by the scenario’s template and keeps only a keyed hash to ' +
    'compare with. Asking again for the same scenario and recipient, on whichever channel, sends the same code once more as long as ' +
    'it has not expired: not before `resend_at`, and at most 5 times an hour and 10 times a day to one recipient. Phone numbers of ' +
    'countries that the App does not send to are refused. With a test key nothing is sent or limited, and the code is the first ' +
    'digits of 12345678.',
  security,
  request: {
    headers: CallHeaders,
    body: { required: true, content: { 'application/json': { schema: StartVerification } } },
  },
  responses: { 201: json('Started', StartedVerification), ...problems(400, 401, 403, 409, 413, 422, 429, 500, 503) },
})

const checkRoute = createRoute({
  method: 'post',
  path: '/api/v1/verifications/{id}/check',
  summary: 'Check a code that a person entered',
  description:
    '`approved`: the code is right, and from now on used up. `pending`: it is wrong, and may be entered again. `expired` and ' +
    '`exhausted` (after five wrong ones): another verification has to be started. One that was approved before is refused with 409.',
  security,
  request: {
    params: Params,
    headers: IdempotencyHeaders,
    body: { required: true, content: { 'application/json': { schema: CheckCode } } },
  },
  responses: { 200: json('Checked', CheckedVerification), ...problems(400, 401, 404, 409, 413, 422, 500, 503) },
})

export function addVerifications(app: App): void {
  app.openAPIRegistry.registerPath(startRoute)
  app.openAPIRegistry.registerPath(checkRoute)
  app.post('/api/v1/verifications', async (c) => {
    const call = await readCall(c, StartVerification)
    if (call instanceof Response) return call
    const { answer, repeated } = await startVerification(c.get('ctx'), call.input, call.options)
    if (repeated) c.header('idempotency-replayed', 'true')
    return c.json(answer satisfies z.infer<typeof StartedVerification>, 201)
  })
  app.post('/api/v1/verifications/:id/check', async (c) => {
    const id = Params.shape.id.safeParse(c.req.param('id'))
    if (!id.success) return problem('not_found', c.get('requestId'), { detail: 'There is no such verification.' })
    const call = await readCall(c, CheckCode)
    if (call instanceof Response) return call
    const { answer, repeated } = await checkVerification(c.get('ctx'), id.data, call.input, call.options)
    if (repeated) c.header('idempotency-replayed', 'true')
    return c.json(answer satisfies z.infer<typeof CheckedVerification>, 200)
  })
}
