/** Events as an App's backend tells of them: the answer, its repeats, and what is refused before anything is kept. */
import { randomUUID } from 'node:crypto'
import { v1 } from '#api/v1/app.ts'
import { removeOfficialAccount } from '#domain/accounts/official-accounts.ts'
import { revokeKey } from '#domain/apps/apps.ts'
import type { Parts } from '#platform/compose.ts'
import { expect, test as onStage } from '../support/api-stage.ts'
import { alarm, ann, PushStage } from '../support/push-stage.ts'

const test = onStage.extend<{ push: PushStage }>({
  push: [async ({ stage }, use) => use(new PushStage(stage)), { auto: true }],
})

const path = '/api/v1/events'
const event = { type: 'device_alarm', variables: alarm, recipients: [{ openid: ann, email: 'ann@example.com' }] }

type Call = { key?: string; body?: unknown; headers?: Record<string, string> }

async function call(parts: Parts, { key, body = event, headers = {} }: Call = {}) {
  const response = await v1(parts).request(path, {
    method: 'POST',
    headers: { 'x-request-id': 'request-17', ...(key ? { authorization: `Bearer ${key}` } : {}), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const json = JSON.parse(await response.text())
  return { status: response.status, headers: response.headers, json }
}

/** A problem in its whole form. */
const refused = (answer: Awaited<ReturnType<typeof call>>, status: number, code: string, more: object = {}) => {
  expect(answer.json).toMatchObject({ type: `/docs#${code}`, status, code, request_id: 'request-17', ...more })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
}

test('an event is accepted with its messages and with what made none', async ({ push, parts }) => {
  const { key, ruleId } = await push.ready('Acme', { name: 'Alarms' })
  const body = {
    ...event,
    recipients: [...event.recipients, { phone: '+8613800138000' }],
    occurred_at: '2026-11-22T10:02:11Z',
  }
  const { status, json } = await call(parts, { key, body })
  expect(status).toBe(202)
  const rule = { id: ruleId, name: 'Alarms' }
  const id = expect.any(String)
  expect(json).toEqual({
    ...{ id, type: 'device_alarm' },
    messages: [
      { id, recipient: 0, channel: 'email', to: 'ann@example.com', status: 'queued' },
      { id, recipient: 0, channel: 'official_account', to: ann, rule, status: 'queued' },
    ],
    skipped: [
      { recipient: 1, channel: 'voice', reason: 'channel_not_configured' },
      { recipient: 1, channel: 'sms', reason: 'channel_not_configured' },
      { recipient: 1, channel: 'official_account', reason: 'no_openid' },
    ],
  })
  await push.deliver()
  const found = await v1(parts).request(`/api/v1/messages/${json.messages[1].id}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  expect(await found.json()).toMatchObject({ status: 'sent', channel: 'official_account', to: ann })
})

test('a call without a key that is good gets nowhere', async ({ push, parts }) => {
  const { owner, app } = await push.ready()
  refused(await call(parts), 401, 'unauthorized')
  refused(await call(parts, { key: `sk_live_${'a'.repeat(40)}` }), 401, 'unauthorized')
  const { key, id } = await push.stage.key(owner, app.id)
  expect((await call(parts, { key })).status).toBe(202)
  await revokeKey(owner, id)
  refused(await call(parts, { key }), 401, 'unauthorized')
})

test('a body of another form is 400 with the path of each field', async ({ push, parts }) => {
  const { key } = await push.ready()
  const many = Array.from({ length: 101 }, () => ({ openid: ann }))
  for (const [body, errors] of [
    [{ ...event, colour: 'red' }, [{ path: 'colour', code: 'unknown_field' }]],
    [{ ...event, type: undefined }, [{ path: 'type', code: 'required' }]],
    [{ ...event, recipients: [] }, [{ path: 'recipients', code: 'too_small_array' }]],
    [{ ...event, recipients: many }, [{ path: 'recipients', code: 'too_big_array' }]],
    [{ ...event, recipients: [{}] }, [{ path: 'recipients.0', code: 'no_address' }]],
    [{ ...event, recipients: [{ openid: '' }] }, [{ path: 'recipients.0.openid', code: 'required' }]],
    [{ ...event, recipients: [{ openid: ann, name: 'Ann' }] }, [{ path: 'recipients.0.name', code: 'unknown_field' }]],
    [{ ...event, recipients: [{ openid: 'a\0b' }] }, [{ path: 'recipients.0.openid', code: 'invalid_value' }]],
    [{ ...event, occurred_at: 'yesterday' }, [{ path: 'occurred_at', code: 'invalid_datetime' }]],
    [{ ...event, occurred_at: '2026-11-22T10:02:11' }, [{ path: 'occurred_at', code: 'invalid_datetime' }]],
    [{ ...event, variables: { device_name: 3 } }, [{ path: 'variables.device_name', code: 'invalid_type' }]],
    [{ ...event, variables: { device_name: '\ud83d' } }, [{ path: 'variables.device_name', code: 'invalid_value' }]],
    [{ ...event, reference: 'x'.repeat(201) }, [{ path: 'reference', code: 'too_big_string' }]],
    [[event], [{ path: '', code: 'invalid_type' }]],
  ] as const) {
    refused(await call(parts, { key, body }), 400, 'invalid_request', { errors })
  }
  for (const body of ['{"type":', '']) refused(await call(parts, { key, body }), 400, 'invalid_request')
})

test('names that every object has are variables like any other that is not declared', async ({ push, parts }) => {
  const { key } = await push.ready()
  for (const name of ['constructor', 'toString', 'hasOwnProperty']) {
    const body = { ...event, variables: { [name]: 'x' } }
    refused(await call(parts, { key, body }), 422, 'unknown_variables', { variables: [name] })
  }
})

test('an event that is none, a code, and variables that it does not have are 422', async ({ push, parts }) => {
  const { key } = await push.ready()
  refused(await call(parts, { key, body: { ...event, type: 'nothing' } }), 422, 'unknown_scenario')
  refused(await call(parts, { key, body: { ...event, type: 'login' } }), 422, 'unknown_scenario')
  const body = { ...event, variables: { ...alarm, colour: 'red' } }
  refused(await call(parts, { key, body }), 422, 'unknown_variables', { variables: ['colour'] })
})

test('a body over 64 KB is 413, also when it does not say its length', async ({ push, parts }) => {
  const { key } = await push.ready()
  const body = JSON.stringify({ ...event, variables: { device_name: 'x'.repeat(64 * 1024) } })
  refused(
    await call(parts, { key, body, headers: { 'content-length': String(body.length) } }),
    413,
    'payload_too_large',
  )
  refused(await call(parts, { key, body, headers: { 'transfer-encoding': 'chunked' } }), 413, 'payload_too_large')
})

test('a hundred recipients with all their addresses are one event', async ({ push, parts }) => {
  const { key } = await push.ready()
  const recipients = Array.from({ length: 100 }, (_, n) => ({
    ...{ openid: `oNobody${String(n).padStart(21, '0')}`, email: `p${n}@example.com` },
    phone: `+86138${String(n).padStart(8, '0')}`,
  }))
  const { status, json } = await call(parts, { key, body: { ...event, recipients } })
  expect([status, json.messages.length, json.skipped.length]).toEqual([202, 200, 200])
  expect(await push.deliver()).toBe(200)
})

test('fifty identical calls at once are answered to the letter alike, and one says it is the first', async ({
  push,
  parts,
}) => {
  const { owner, key, officialId } = await push.ready()
  const repeat = { key, headers: { 'idempotency-key': randomUUID() } }
  const answers = await Promise.all(Array.from({ length: 50 }, () => call(parts, repeat)))
  expect(new Set(answers.map(({ status, json }) => `${status} ${JSON.stringify(json)}`)).size).toBe(1)
  expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') !== 'true')).toHaveLength(1)
  expect(await push.deliver()).toBe(2)
  await removeOfficialAccount(owner, officialId)
  expect((await call(parts, repeat)).json).toEqual(answers[0]?.json)
})

test('the same Idempotency-Key with another body is 422, and one that is none is 400', async ({ push, parts }) => {
  const { key } = await push.ready()
  const headers = { 'idempotency-key': 'alarm-17' }
  await call(parts, { key, headers })
  const other = { ...event, recipients: [{ openid: ann }] }
  refused(await call(parts, { key, headers, body: other }), 422, 'idempotency_conflict')
  for (const wrong of ['', 'x'.repeat(256)]) {
    const answer = await call(parts, { key, headers: { 'idempotency-key': wrong } })
    refused(answer, 400, 'invalid_request', { errors: [{ path: 'idempotency-key' }] })
  }
})

test('a card is not a message that an App sends by itself', async ({ push, parts }) => {
  const { key } = await push.ready()
  const response = await v1(parts).request('/api/v1/messages', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ channel: 'official_account', scenario: 'device_alarm', to: ann, variables: alarm }),
  })
  expect([response.status, await response.json()]).toMatchObject([
    ...[400, { code: 'invalid_request', errors: [{ path: 'channel', code: 'channel_not_offered' }] }],
  ])
})

test('the answer is what its description says, which tells of damping', async ({ push, parts }) => {
  const { key } = await push.ready()
  const description = JSON.parse(await (await v1(parts).request('/api/v1/openapi.json')).text())
  const { AcceptedEvent: described, SendEvent } = description.components.schemas
  const { json } = await call(parts, { key })
  expect(Object.keys(json).sort()).toEqual(Object.keys(described.properties).sort())
  expect(described.properties.skipped.items.properties.reason.enum).toContain('held_back')
  expect([SendEvent.additionalProperties, SendEvent.properties.recipients.maxItems]).toEqual([false, 100])
  expect(description.paths['/api/v1/events'].post.description).toContain('${held_back}')
})
