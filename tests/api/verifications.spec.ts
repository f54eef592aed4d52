/** Verifications over the wire: what is answered, and how a refusal tells what to do. */
import { randomUUID } from 'node:crypto'
import { call, expectProblem } from '../support/api-call.ts'
import { expect, test } from '../support/api-stage.ts'
import { setGuard } from '../support/guarding.ts'
import { arrived, wrong } from '../support/verifying.ts'

const path = '/api/v1/verifications'
const login = { channel: 'email', scenario: 'login', to: 'ann@example.com' }

test('a backend has a code sent, checks what was entered, and is told when it may ask again', async ({
  stage,
  parts,
}) => {
  const { key } = await stage.ready()
  const started = await call(parts, path, { key, body: { ...login, client_ip: '203.0.113.7' } })
  const { id } = started.json
  expect(started).toMatchObject({ status: 201, json: { id: expect.any(String), status: 'pending' } })
  expect(Object.keys(started.json).sort()).toEqual(['expires_at', 'id', 'message_id', 'resend_at', 'status'])
  const message = await call(parts, `/api/v1/messages/${started.json.message_id}`, { key })
  expect(message).toMatchObject({ status: 200, json: { to: 'ann@example.com', status: 'queued' } })

  const again = await call(parts, path, { key, body: login })
  expectProblem(again, 429, 'rate_limited', { reason: 'recipient' })
  // By the clock of the process: some seconds of the minute may be over.
  expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(again.headers.get('retry-after'))).toBeLessThanOrEqual(60)

  const [code = ''] = await arrived(stage)
  const check = (tried: string) => call(parts, `${path}/${id}/check`, { key, body: { code: tried } })
  expect((await check(wrong(code))).json).toEqual({ id, status: 'pending', attempts_left: 4 })
  expect(await check(code)).toMatchObject({ status: 200, json: { id, status: 'approved' } })
  expectProblem(await check(code), 409, 'conflict')
})

test('every refusal of a verification is a problem with its code', async ({ stage, parts }) => {
  const { owner, app, key } = await stage.ready()
  const { key: textsOnly } = await stage.key(owner, app.id, { channels: ['sms'] })
  const ask = (body: unknown, more: object = {}) => call(parts, path, { key, body, ...more })
  expectProblem(await ask(login, { key: 'sk_live_nothing' }), 401, 'unauthorized')
  expectProblem(await ask(login, { key: textsOnly }), 403, 'forbidden')
  expectProblem(await ask({ ...login, client_ip: 'home' }), 400, 'invalid_request', {
    errors: [{ path: 'client_ip', code: 'invalid_ip' }],
  })
  expectProblem(await ask({ ...login, code: '123456' }), 400, 'invalid_request', {
    errors: [{ path: 'code', code: 'unknown_field' }],
  })
  expectProblem(await ask({ ...login, scenario: 'device_alarm' }), 400, 'invalid_request')
  expectProblem(await ask('{"channel":'), 400, 'invalid_request')
  expectProblem(await ask({ ...login, reference: 'x'.repeat(70_000) }), 413, 'payload_too_large')
  const check = (id: string, body: unknown) => call(parts, `${path}/${id}/check`, { key, body })
  for (const id of [randomUUID(), 'nothing', '../messages']) {
    expectProblem(await check(id, { code: '123456' }), 404, 'not_found')
  }
  for (const code of [123456, '', 'x'.repeat(41), undefined, 'a\u0000']) {
    expectProblem(await check(randomUUID(), { code }), 400, 'invalid_request')
  }
  expectProblem(await call(parts, path, { key, method: 'DELETE' }), 404, 'not_found')
})

test('a repeat under an Idempotency-Key is marked and the same to the letter', async ({ stage, parts }) => {
  const { key } = await stage.ready()
  const ask = () => call(parts, path, { key, body: login, headers: { 'idempotency-key': 'sign-up-17' } })
  const [first, second] = [await ask(), await ask()]
  expect(second.headers.get('idempotency-replayed')).toBe('true')
  expect(JSON.stringify(second.json)).toBe(JSON.stringify(first.json))
  expect(await arrived(stage)).toHaveLength(1)
})

test('the description of the API names what can be sent and what comes back', async ({ parts }) => {
  const { json } = await call(parts, '/api/v1/openapi.json')
  const { post } = json.paths['/api/v1/verifications']
  expect(Object.keys(post.responses)).toEqual(['201', '400', '401', '403', '409', '413', '422', '429', '500', '503'])
  expect(json.components.schemas.CheckedVerification.properties.status.enum).toEqual([
    'approved',
    'pending',
    'expired',
    'exhausted',
  ])
  expect(json.paths['/api/v1/verifications/{id}/check'].post.parameters).toContainEqual(
    expect.objectContaining({ in: 'path', name: 'id' }),
  )
})

test('a code that the guard refuses, or that is stopped, is a problem with a code of its own', async ({
  stage,
  parts,
}) => {
  const { key, owner, app } = await stage.ready()
  await setGuard(owner, app.id, { codesPerDay: { email: 1 } })
  const ask = (to: string) => call(parts, path, { key, body: { ...login, to } })
  expect(await ask('a@example.com')).toMatchObject({ status: 201 })
  const refused = await ask('b@example.com')
  expectProblem(refused, 429, 'codes_blocked', { reason: 'budget', type: '/docs#codes_blocked' })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  await setGuard(owner, app.id, { stoppedChannels: ['email'] })
  const stopped = await ask('c@example.com')
  expectProblem(stopped, 403, 'codes_stopped')
  expect(stopped.headers.get('retry-after')).toBeNull()
})
