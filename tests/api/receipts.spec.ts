/** The addresses that providers push to, as whoever calls them meets them: no key, and nothing to learn without the token. */
import { randomBytes } from 'node:crypto'
import { v1 } from '#api/v1/app.ts'
import type { Parts } from '#platform/compose.ts'
import { expect, test } from '../support/api-stage.ts'
import { outcomeOf, sendTextAlarm, texting, tokenOf } from '../support/texting.ts'

type Call = { method?: string; body?: string; headers?: Record<string, string> }

async function call(parts: Parts, path: string, { method = 'POST', body, headers = {} }: Call = {}) {
  const response = await v1(parts).request(path, {
    method,
    headers: { 'x-request-id': 'request-17', 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  })
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() }
}

test('a push is taken without a key and answered as its provider expects', async ({ stage, parts }) => {
  const { accountId, asApp } = await texting(stage)
  const id = await sendTextAlarm(stage, asApp)
  await stage.deliver()
  const path = `/api/receipts/fake-sms/${await tokenOf(stage, accountId)}`
  const body = JSON.stringify([outcomeOf({ reference: id })])
  expect(await call(parts, path, { body })).toEqual({ status: 200, type: 'application/json', body: '{"code":0}' })
  expect(await stage.stored(id)).toMatchObject({ status: 'delivered' })
})

test('what is wrong about an address is never told: nobody’s, another provider’s, one without a question', async ({
  stage,
  parts,
}) => {
  const { accountId } = await texting(stage)
  const token = await tokenOf(stage, accountId)
  const unknown = randomBytes(24).toString('base64url')
  const answers = await Promise.all([
    call(parts, `/api/receipts/fake-sms/${unknown}`, { body: '[]' }),
    call(parts, `/api/receipts/fake-voice/${token}`, { body: '[]' }),
    call(parts, `/api/receipts/nothing/${token}`, { body: '[]' }),
    call(parts, `/api/receipts/fake-sms/${token}x`, { body: 'no push at all' }),
    call(parts, '/api/receipts/fake-sms/%00%ff', { body: '[]' }),
    call(parts, `/api/receipts/fake-sms/${token}`, { method: 'GET' }),
    call(parts, `/api/receipts/fake-sms/${unknown}`, { method: 'GET' }),
  ])
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  for (const path of ['/api/receipts', '/api/receipts/fake-sms', `/api/receipts/fake-sms/${token}/more`]) {
    expect((await call(parts, path, { body: '[]' })).status).toBe(404)
  }
})

test('what is not the provider’s is refused with 400', async ({ stage, parts }) => {
  const { accountId } = await texting(stage)
  const path = `/api/receipts/fake-sms/${await tokenOf(stage, accountId)}`
  for (const body of ['', 'hello', '{}']) {
    const answer = await call(parts, path, { body })
    expect(answer).toMatchObject({ status: 400, type: 'application/problem+json' })
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'invalid_request' })
  }
})

test('a push may be larger than a call of the API, but not endless', async ({ stage, parts }) => {
  const { accountId } = await texting(stage)
  const path = `/api/receipts/fake-sms/${await tokenOf(stage, accountId)}`
  const items = Array.from({ length: 3000 }, (_, n) => outcomeOf({ reference: `order-${n}`, detail: 'x'.repeat(100) }))
  const body = JSON.stringify(items)
  expect(body.length).toBeGreaterThan(500_000)
  expect((await call(parts, path, { body })).status).toBe(200)
  const larger = JSON.stringify('x'.repeat(1024 * 1024))
  const announced = { 'content-length': String(larger.length) }
  expect((await call(parts, path, { body: larger, headers: announced })).status).toBe(413)
  const chunked = { 'transfer-encoding': 'chunked' }
  expect((await call(parts, path, { body: larger, headers: chunked })).status).toBe(413)
})

test('a provider that makes sure of an address first gets its answer, and another gets none', async ({
  stage,
  parts,
}) => {
  const { accountId } = await texting(stage)
  const token = await tokenOf(stage, accountId)
  stage.texts.answerChallenge = ({ query, secret }) => (query.word === secret ? query.echo : undefined)
  const path = `/api/receipts/fake-sms/${token}`
  const asked = await call(parts, `${path}?word=${token}&echo=42`, { method: 'GET' })
  expect(asked).toEqual({ status: 200, type: 'text/plain; charset=utf-8', body: '42' })
  expect((await call(parts, `${path}?word=x&echo=42`, { method: 'GET' })).status).toBe(400)
})

test('what breaks is answered with 500, so that it is pushed again, and the token is in no log', async ({
  stage,
  parts,
}) => {
  const { accountId } = await texting(stage)
  const token = await tokenOf(stage, accountId)
  stage.texts.readReceipts = () => {
    throw new TypeError('broken')
  }
  const answer = await call(parts, `/api/receipts/fake-sms/${token}`, { body: '[]' })
  expect(answer.status).toBe(500)
  expect(stage.log).toMatchObject([{ level: 'error', data: { path: '/api/receipts/fake-sms/…' } }])
  expect(JSON.stringify(stage.log) + answer.body).not.toContain(token)
})
