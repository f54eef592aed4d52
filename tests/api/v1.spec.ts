/** The HTTP API as an App's backend meets it: keys, bodies, problems, repeats, and its own description. */
import { randomUUID } from 'node:crypto'
import { describedApi, v1 } from '#api/v1/app.ts'
import { AcceptedMessage, SendMessage, WebhookCall } from '#api/v1/schemas.ts'
import { removeAccount } from '#domain/accounts/accounts.ts'
import { markFailing } from '#domain/accounts/sender.ts'
import { revokeKey } from '#domain/apps/apps.ts'
import { testEndings } from '#domain/sending/deliver/outcome.ts'
import { refreshAccount } from '#domain/templates/approvals.ts'
import { resetTemplate } from '#domain/templates/resetting.ts'
import { tryEndpoint } from '#domain/webhooks/endpoints.ts'
import { trial, webhookEvents } from '#domain/webhooks/payload.ts'
import chinese from '../../src/console/docs/sentences.zh-CN.json' with { type: 'json' }
import { call, expectProblem } from '../support/api-call.ts'
import { expect, origin, partsOn, test } from '../support/api-stage.ts'
import { freshDatabase } from '../support/database.ts'
import { refusal } from '../support/fake-provider.ts'
import { mobile, texting } from '../support/texting.ts'
import { endpoint, endpointsOff, listener, tell } from '../support/webhook-stage.ts'

const mail = { channel: 'email', scenario: 'login', to: 'ann@example.com', variables: { code: '123456' } }
const path = '/api/v1/messages'

test('a message is accepted with 202 and what the API promises to tell', async ({ stage, parts }) => {
  const { key } = await stage.ready()
  const answer = await call(parts, path, { key, body: { ...mail, to: 'Ann@EXAMPLE.com', reference: 'order-17' } })
  expect(answer.status).toBe(202)
  expect(answer.json).toEqual({
    ...{ id: expect.any(String), status: 'queued', channel: 'email', scenario: 'login', to: 'Ann@example.com' },
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  })
  expect(await stage.stored(answer.json.id)).toMatchObject({ reference: 'order-17', line: ['accepted'] })
})

test('without a key that is in force everything is 401, and says how to bring one', async ({ stage, parts }) => {
  const { owner, app, key } = await stage.ready()
  const revoked = await stage.key(owner, app.id)
  await revokeKey(owner, revoked.id)
  for (const wrong of [undefined, 'sk_live_nothing', revoked.key, `${key}x`]) {
    for (const answer of [
      await call(parts, path, { ...(wrong ? { key: wrong } : {}), body: mail }),
      await call(parts, path, wrong ? { key: wrong } : {}),
      await call(parts, `${path}/${randomUUID()}`, wrong ? { key: wrong } : {}),
    ]) {
      expectProblem(answer, 401, 'unauthorized')
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    }
  }
  expectProblem(await call(parts, path, { headers: { authorization: `Basic ${key}` } }), 401, 'unauthorized')
})

test('a key for other channels is 403', async ({ stage, parts }) => {
  const { owner, app } = await stage.ready()
  const { key } = await stage.key(owner, app.id, { channels: ['sms'] })
  expectProblem(await call(parts, path, { key, body: mail }), 403, 'forbidden')
})

test('every refusal of a message is a problem with its code', async ({ stage, parts }) => {
  const { owner, accountId, key } = await stage.ready()
  const send = (given: object) => call(parts, path, { key, body: { ...mail, ...given } })
  expectProblem(await send({ scenario: 'nothing' }), 422, 'unknown_scenario')
  expectProblem(await send({ to: 'ann@' }), 422, 'recipient_invalid', {
    errors: [{ path: 'to', code: 'recipient_invalid' }],
  })
  expectProblem(await send({ variables: {} }), 422, 'missing_variables', { variables: ['code'] })
  expectProblem(await send({ variables: { code: '1', a: 'b' } }), 422, 'unknown_variables', { variables: ['a'] })
  expectProblem(await send({ scenario: 'registration' }), 422, 'template_not_configured')
  expectProblem(await send({ channel: 'official_account' }), 400, 'invalid_request')
  await removeAccount(owner, accountId)
  expectProblem(await send({}), 422, 'channel_not_configured')
})

test('a template that cannot be used is 422 with a stable reason', async ({ stage, parts }) => {
  const { key, accountId } = await texting(stage)
  const text = { ...mail, channel: 'sms', to: mobile }
  expect((await call(parts, path, { key, body: text })).status).toBe(202)
  stage.texts.lists.templates = []
  await refreshAccount(stage.system, (await stage.actorOf(key))?.organizationId ?? '', accountId)
  const answer = await call(parts, path, { key, body: text })
  expectProblem(answer, 422, 'template_not_usable', { reason: 'template_gone' })
  const { json } = await call(parts, '/api/v1/openapi.json')
  expect(json.components.schemas.Problem.properties.reason).toMatchObject({ type: 'string' })
})

test('a body of another form is 400 with the path of each field', async ({ stage, parts }) => {
  const { key } = await stage.ready()
  for (const [body, errors] of [
    [{ ...mail, colour: 'red' }, [{ path: 'colour', code: 'unknown_field' }]],
    [{ ...mail, channel: 'fax' }, [{ path: 'channel', code: 'invalid_value' }]],
    [{ ...mail, variables: { code: 123456 } }, [{ path: 'variables.code', code: 'invalid_type' }]],
    [{ ...mail, to: undefined }, [{ path: 'to', code: 'required' }]],
    [{ ...mail, to: '' }, [{ path: 'to', code: 'required' }]],
    [{ ...mail, reference: 'x'.repeat(201) }, [{ path: 'reference', code: 'too_big_string' }]],
    [{ ...mail, variables: { code: 'a\0b' } }, [{ path: 'variables.code', code: 'invalid_value' }]],
    [[mail], [{ path: '', code: 'invalid_type' }]],
    ['null', [{ path: '', code: 'invalid_type' }]],
  ] as const) {
    const answer = await call(parts, path, { key, body })
    expectProblem(answer, 400, 'invalid_request', { errors })
  }
})

test('a body that is not JSON, or not there, is 400', async ({ stage, parts }) => {
  const { key } = await stage.ready()
  for (const body of ['{"channel":', 'code=1', '']) {
    expectProblem(await call(parts, path, { key, body }), 400, 'invalid_request')
  }
  expect(stage.log).toEqual([])
})

test('a body over 64 KB is 413, also when it does not say its length', async ({ stage, parts }) => {
  const { key } = await stage.ready()
  const body = JSON.stringify({ ...mail, variables: { code: 'x'.repeat(64 * 1024) } })
  const announced = { 'content-length': String(body.length) }
  expectProblem(await call(parts, path, { key, body, headers: announced }), 413, 'payload_too_large')
  const chunked = { 'transfer-encoding': 'chunked' }
  expectProblem(await call(parts, path, { key, body, headers: chunked }), 413, 'payload_too_large')
})

test('what curl calls a form is read as the JSON it is', async ({ stage, parts }) => {
  const { key } = await stage.ready()
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/json; charset=utf-8']) {
    expect((await call(parts, path, { key, body: mail, headers: { 'content-type': type } })).status).toBe(202)
  }
})

test('a repeat under an Idempotency-Key gets the first answer and says that it is one', async ({ stage, parts }) => {
  const { owner, key } = await stage.ready()
  const repeat = { key, body: mail, headers: { 'idempotency-key': 'order-17' } }
  const first = await call(parts, path, repeat)
  expect(first.headers.get('idempotency-replayed')).toBeNull()
  await resetTemplate(owner, { channel: 'email', scenario: 'login', appId: null })
  const second = await call(parts, path, repeat)
  expect([second.status, second.headers.get('idempotency-replayed')]).toEqual([202, 'true'])
  expect(second.json).toEqual(first.json)
})

test('the same Idempotency-Key with another body is 422, and one that is none is 400', async ({ stage, parts }) => {
  const { key } = await stage.ready()
  const headers = { 'idempotency-key': 'order-17' }
  await call(parts, path, { key, body: mail, headers })
  const other = { ...mail, variables: { code: '654321' } }
  expectProblem(await call(parts, path, { key, body: other, headers }), 422, 'idempotency_conflict')
  for (const wrong of ['', 'x'.repeat(256)]) {
    const answer = await call(parts, path, { key, body: mail, headers: { 'idempotency-key': wrong } })
    expectProblem(answer, 400, 'invalid_request', { errors: [{ path: 'idempotency-key' }] })
  }
})

test('a message tells its time line, the provider’s words and when it is tried again', async ({ stage, parts }) => {
  const { key } = await stage.ready()
  const { json } = await call(parts, path, { key, body: mail })
  stage.provider.failNext(refusal('retry', '451', 'Try again later'))
  await stage.deliver()
  const found = await call(parts, `${path}/${json.id}`, { key })
  expect(found.status).toBe(200)
  expect(found.json).toMatchObject({
    ...{ id: json.id, status: 'queued', to: 'ann@example.com', error: { code: '451', detail: 'Try again later' } },
    events: [
      { status: 'accepted', attempt: 0, next_at: null },
      { status: 'sending', attempt: 1 },
      { status: 'retrying', attempt: 1, code: '451', detail: 'Try again later', next_at: expect.any(String) },
    ],
  })
  expect(JSON.stringify(found.json)).not.toContain('123456')
})

test('a message of another App, or of none, is 404, and an id that is none is 400', async ({ stage, parts }) => {
  const [one, two] = [await stage.ready('One'), await stage.ready('Two')]
  const { json } = await call(parts, path, { key: one.key, body: mail })
  const sibling = await stage.key(one.owner, (await stage.app(one.owner)).id)
  for (const [key, id] of [
    [two.key, json.id],
    [sibling.key, json.id],
    [one.key, randomUUID()],
  ]) {
    expectProblem(await call(parts, `${path}/${id}`, { key }), 404, 'not_found')
  }
  expectProblem(await call(parts, `${path}/17`, { key: one.key }), 400, 'invalid_request')
})

test('the list of messages is paged by its cursor and filtered', async ({ stage, parts }) => {
  const { owner, key, asApp } = await stage.ready()
  await stage.send((await stage.key(owner, (await stage.app(owner)).id)).asApp)
  const sent: string[] = []
  for (let n = 0; n < 55; n++) sent.unshift((await stage.send(asApp, { to: `p${n}@example.com` })).id)
  const first = await call(parts, path, { key })
  const second = await call(parts, `${path}?cursor=${first.json.next_cursor}`, { key })
  const ids = [...first.json.messages, ...second.json.messages].map(({ id }: { id: string }) => id)
  expect(ids).toEqual(sent)
  expect([first.json.messages.length, second.json.next_cursor]).toEqual([50, null])
  const none = await call(parts, `${path}?to=7@example.com`, { key })
  expect(none.json).toEqual({ messages: [], next_cursor: null })
  const exact = await call(parts, `${path}?to=p7@EXAMPLE.com&status=queued&channel=email`, { key })
  expect(exact.json.messages).toMatchObject([{ to: 'p7@example.com', error_code: null }])
  for (const wrong of ['cursor=17', `cursor=before:${'-'.repeat(36)}`, 'status=lost', 'channel=fax']) {
    expectProblem(await call(parts, `${path}?${wrong}`, { key }), 400, 'invalid_request')
  }
})

test('an error of ours is 500 with the request id and nothing else', async ({ stage, parts }) => {
  const { key } = await stage.ready()
  const broken = { ...parts, submit: () => Promise.reject(new Error('insert into "message" failed for hunter2')) }
  const answer = await call(broken, path, { key, body: mail })
  expect(answer.json).toEqual({
    ...{ type: '/docs#internal', title: 'Internal error', status: 500, code: 'internal', request_id: 'request-17' },
  })
  expect(stage.log).toMatchObject([{ level: 'error', data: { requestId: 'request-17' } }])
})

test('an address with nothing at it is a problem too', async ({ parts }) => {
  expectProblem(await call(parts, '/api/v1/nothing'), 404, 'not_found')
})

test('the description is OpenAPI 3.1, names every route, and resolves every reference', async ({ parts }) => {
  const { json } = await call(parts, '/api/v1/openapi.json')
  expect(json.openapi).toBe('3.1.0')
  const described = Object.entries(json.paths as Record<string, object>).flatMap(([at, item]) =>
    Object.keys(item).map((verb) => `${verb.toUpperCase()} ${at}`),
  )
  const routed = v1(parts).routes.filter(({ method, path: at }) => method !== 'ALL' && at.startsWith('/api/v1/'))
  const names = new Set(routed.map(({ method, path: at }) => `${method} ${at.replace(/:(\w+)/g, '{$1}')}`))
  names.delete('GET /api/v1/openapi.json')
  expect(described.sort()).toEqual([...names].sort())
  const written = JSON.stringify(json)
  for (const [, name = ''] of written.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    expect(json.components.schemas[name], name).toBeDefined()
  }
  expect(json.components.schemas.SendMessage.additionalProperties).toBe(false)
  expect(json.components.schemas.Problem.properties.code.enum).toEqual(
    expect.arrayContaining(['unauthorized', 'idempotency_conflict', 'payload_too_large', 'internal']),
  )
  for (const operation of Object.values(json.paths).flatMap((item) => Object.values(item as object))) {
    expect(operation).toMatchObject({
      summary: expect.any(String),
      security: [{ key: [] }],
      responses: expect.any(Object),
    })
  }
})

test('what the API answers is what its description says', async ({ stage, parts }) => {
  const { key } = await stage.ready()
  const { json: description } = await call(parts, '/api/v1/openapi.json')
  const { json } = await call(parts, path, { key, body: mail })
  const properties = (name: string) => Object.keys(description.components.schemas[name].properties).sort()
  expect(Object.keys(json).sort()).toEqual(properties('AcceptedMessage'))
  const found = await call(parts, `${path}/${json.id}`, { key })
  expect(Object.keys(found.json).sort()).toEqual(properties('Message'))
})

test('the documentation tells of every route, with all fields and samples of both directions', async ({ parts }) => {
  const { calls, problems, testEndings: endings } = describedApi(v1(parts), origin)
  const { paths } = (await call(parts, '/api/v1/openapi.json')).json
  expect(calls.map(({ path }) => path)).toEqual(expect.arrayContaining(Object.keys(paths)))
  const sending = calls.find(({ id }) => id === 'post-api-v1-messages')
  expect(sending?.body?.fields.map(({ name }) => name)).toEqual(Object.keys(SendMessage.shape))
  expect(SendMessage.safeParse(sending?.body?.example).success).toBe(true)
  expect(AcceptedMessage.parse(sending?.answer.example)).toMatchObject({ status: 'queued' })
  expect(Object.fromEntries(endings)).toEqual(testEndings)
  expect(problems.map(({ code }) => code)).toContain('rate_limited')
})

test('every sentence of the documentation is there in Chinese, and none that nobody says', async ({ parts }) => {
  const { calls, problems, problemFields } = describedApi(v1(parts), origin)
  const fields = calls.flatMap(({ parameters, body, answer }) => [parameters, body?.fields ?? [], answer.fields].flat())
  const said = [
    ...calls.flatMap(({ summary, description }) => [summary, description]),
    ...[...fields, ...problemFields].map(({ description }) => description),
    ...problems.map(({ title }) => title),
  ]
  expect(Object.keys(chinese).sort()).toEqual([...new Set(said.filter(Boolean))].sort())
})

test('health is 200 while the database is there and 503 once it is gone', async ({ stage }) => {
  const database = await freshDatabase()
  const parts = await partsOn(stage, { DATABASE_URL: database.url })
  const well = await call(parts, '/api/health')
  const ages = { held: false, oldest_statement_seconds: 0, oldest_job_seconds: 0 }
  expect([well.status, well.json]).toEqual([200, { status: 'ok', database: true, queue: true, ...ages }])
  await database.drop()
  const ill = await call(parts, '/api/health')
  const unknown = { held: false, oldest_statement_seconds: 0, oldest_job_seconds: null }
  expect([ill.status, ill.json]).toEqual([503, { status: 'unavailable', database: false, queue: false, ...unknown }])
  await parts.close()
})

test('the description has what webhooks are called with', async ({ stage, parts }) => {
  const { json } = await call(parts, '/api/v1/openapi.json')
  const { schema } = json.webhooks.told.post.requestBody.content['application/json']
  expect(schema).toEqual({ $ref: '#/components/schemas/WebhookCall' })
  expect(json.components.schemas.WebhookCall.properties.type.enum).toEqual([...webhookEvents, trial])

  await endpointsOff(stage)
  const line = listener()
  const { owner, app, asApp, accountId } = await stage.ready()
  const { id } = await endpoint(owner, app.id)
  await stage.send(asApp, { reference: 'order-17' })
  await stage.deliver()
  await markFailing(stage.system, accountId, stage.clock.now(), { code: '535', cause: 'login_rejected' })
  await tryEndpoint(owner, id)
  await tell(stage, line)
  const types = line.heard.map(({ body }) => WebhookCall.parse(JSON.parse(body)).type)
  expect(types.toSorted()).toEqual(['account.failing', 'message.sent', 'webhook.test'])
  const fields = Object.keys(WebhookCall.shape.data.shape)
  expect(line.heard.flatMap(({ data }) => Object.keys(data)).filter((name) => !fields.includes(name))).toEqual([])
})
