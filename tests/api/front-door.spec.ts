/** What a stranger may ask of the web process at most: bodies, batches, calls without a session, and pages of other sites. */
import { v7 } from 'uuid'
import type { Parts } from '#platform/compose.ts'
import { setParts } from '#platform/parts.ts'
import { origin, partsOn, signedIn } from '../support/api-stage.ts'
import { expect, test } from '../support/front-door.ts'

const json = { 'content-type': 'application/json' }
const mega = 1024 * 1024

/** Text in parts of 64 KB, and how much of it was asked for. */
function* flood(bytes: number, taken: { bytes: number }) {
  for (const part = 'x'.repeat(65_536); taken.bytes < bytes; taken.bytes += part.length) yield part
}

const batchOf = (path: string, calls: number) => `/api/trpc/${Array(calls).fill(path).join(',')}?batch=1`

/** The header of somebody who is signed in. */
async function cookieOf(parts: Parts): Promise<{ cookie: string }> {
  const person = { name: 'Ann', email: `ann-${v7()}@example.com`, password: 'correct horse battery' }
  await parts.signIn.addPerson(person)
  const body = JSON.stringify(person)
  const headers = { ...json, origin, 'x-signet-client-ip': '192.0.2.1' }
  const answer = await parts.signIn.handler(
    new Request(`${origin}/api/auth/sign-in/email`, { method: 'POST', body, headers }),
  )
  return { cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
}

const bounds = [
  { path: '/api/trpc/people.shell', who: 'somebody', most: 4 * mega },
  { path: '/api/trpc/people.setUp', who: 'a stranger', most: 65_536 },
  { path: '/api/auth/sign-in/email', who: 'a stranger', most: 65_536 },
]

for (const { path, who, most } of [...bounds, { path: '/sign-in', who: 'a stranger', most: 65_536 }]) {
  test(`a body of ${who} of more than ${most / 1024} KB to ${path} is refused by its length, and the answer arrives`, async ({
    parts,
    door,
  }) => {
    const length = 24 * mega
    const taken = { bytes: 0 }
    const own = most > 65_536 ? await cookieOf(parts) : {}
    const answer = await door.call(path, {
      headers: { ...json, ...own, 'content-length': String(length) },
      body: flood(length, taken),
    })
    expect(answer.status).toBe(413)
    expect(answer.text).toContain('too large')
    expect(answer.headers['x-request-id']).toBeTruthy()
  })
}

for (const { path, who, most } of bounds) {
  test(`a body of ${who} without a length to ${path} is counted, and refused at ${most / 1024} KB`, async ({
    parts,
    door,
  }) => {
    const headers = { ...json, ...(most > 65_536 ? await cookieOf(parts) : {}) }
    const answer = await door.call(path, { headers, body: flood(2 * most, { bytes: 0 }) })
    expect(answer.status).toBe(413)
    expect(answer.text).toContain('too large')
    const allowed = await door.call(path, { headers, body: flood(most, { bytes: 0 }) })
    expect(allowed.status).not.toBe(413)
  })
}

test('of very many problems with an input a hundred are told', async ({ door }) => {
  const body = JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`k${n}`, 1])))
  const answer = await door.call('/api/trpc/people.setUp', { headers: json, body })
  expect(JSON.parse(answer.text).error.data.domain.data.fields).toHaveLength(100)
})

test('a page takes no body whose length is not announced', async ({ door }) => {
  expect((await door.call('/sign-in', { body: flood(131_072, { bytes: 0 }) })).status).toBe(411)
  expect(await door.call('/sign-in', { body: 'email=a' })).toMatchObject({
    ...{ status: 200, text: 'a page at /sign-in' },
  })
  expect((await door.call('/', { method: 'GET' })).text).toBe('a page at /')
})

test('a refused body says why in the words of the console', async ({ door }) => {
  const headers = { ...json, 'content-length': String(5 * mega) }
  const { text } = await door.call('/api/trpc/templates.save?batch=1', { headers, body: flood(5 * mega, { bytes: 0 }) })
  expect(JSON.parse(text)).toMatchObject({
    error: { data: { domain: { code: 'invalid_request', data: { reason: 'payload_too_large' } } } },
  })
})

for (const answer of ['application/json', 'application/jsonl']) {
  test(`twenty calls are the most in a batch that is answered as ${answer}`, async ({ door }) => {
    const headers = { ...json, 'trpc-accept': answer }
    const call = (calls: number) => door.call(batchOf('people.needsSetUp', calls), { method: 'GET', headers })
    const allowed = await call(20)
    expect([200, 207]).toContain(allowed.status)
    const refused = await call(21)
    expect(refused.status).toBe(400)
    expect(JSON.parse(refused.text)).toMatchObject({
      error: { message: 'Batch call exceeds maximum size', data: { domain: { code: 'invalid_request' } } },
    })
  })
}

test('once Signet is set up, nobody who asks about it reaches the database', async ({ stage, doorFor }) => {
  await stage.organization()
  const parts = await partsOn(stage)
  expect(await parts.needsSetUp()).toBe(false)
  await parts.close()
  const door = await doorFor(setParts(parts))
  const asked = await door.call(batchOf('people.needsSetUp', 20), { method: 'GET' })
  expect(JSON.parse(asked.text)).toEqual(Array(20).fill({ result: { data: false } }))
  const first = { secret: 'x', organization: 'A', name: 'B', email: 'c@example.com', password: 'a long password' }
  const inputs = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [n, first]))
  const answer = await door.call(batchOf('people.setUp', 20), { headers: json, body: JSON.stringify(inputs) })
  for (const one of JSON.parse(answer.text)) {
    expect(one.error.data.domain).toMatchObject({ code: 'conflict', data: { reason: 'already_set_up' } })
  }
})

test('one address makes sixty calls a minute without a session, and others are not held up by it', async ({
  parts,
}) => {
  const { consoleApi } = await import('#api/console.ts')
  const api = consoleApi(parts)
  const token = encodeURIComponent(JSON.stringify({ token: 'unknown' }))
  const asked = async (address: string) => {
    const headers = { 'x-signet-client-ip': address }
    const answer = await api.request(`/api/trpc/people.invitation?input=${token}`, { headers })
    return answer.status
  }
  const statuses = await Promise.all(Array.from({ length: 80 }, (_, n) => asked(`2001:db8:7:7::${n.toString(16)}`)))
  expect(statuses.filter((status) => status === 404)).toHaveLength(60)
  expect(statuses.filter((status) => status === 429)).toHaveLength(20)
  expect(await asked('2001:db8:7:8::1')).toBe(404)
  expect(await asked('192.0.2.77')).toBe(404)
})

for (const [name, headers, status] of [
  ['of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example.com' }, 403],
  ['of a neighbour under the same domain', { 'sec-fetch-site': 'same-site' }, 403],
  ['of another origin, from a browser that tells no more', { origin: 'http://evil.example.com' }, 403],
  ['of a frame without an origin', { origin: 'null' }, 403],
  ['of our own pages', { 'sec-fetch-site': 'same-origin', origin: 'http://any.example.com' }, 200],
  ['of our own pages, from a browser that tells no more', { origin }, 200],
  ['typed into the address bar', { 'sec-fetch-site': 'none' }, 200],
  ['of a program', {}, 200],
] as const) {
  test(`a call ${name} is ${status === 200 ? 'answered' : 'refused'}`, async ({ door }) => {
    const answer = await door.call('/api/trpc/people.needsSetUp', { method: 'GET', headers })
    expect(answer.status).toBe(status)
    const signIn = await door.call('/api/auth/sign-in/email', {
      headers: { ...json, ...headers },
      body: JSON.stringify({ email: 'nobody@example.com', password: 'a long password' }),
    })
    if (status === 200) return
    expect(signIn.status).toBe(403)
    expect(JSON.parse(answer.text).error.data.domain).toMatchObject({
      ...{ code: 'forbidden', data: { reason: 'other_site' }, requestId: answer.headers['x-request-id'] },
    })
  })
}

test('pages of ours reached by the name that the request names are ours', async ({ door }) => {
  const headers = { origin: door.url }
  expect((await door.call('/api/trpc/people.needsSetUp', { method: 'GET', headers })).status).toBe(200)
})

test('a large answer is compressed as it comes, for those who take that', async ({ stage, door }) => {
  await signedIn(stage, await stage.organization(), 'owner')
  const plain = await door.call('/api/trpc/people.needsSetUp', { method: 'GET' })
  expect(plain.headers['content-encoding']).toBeUndefined()
  const packed = await fetch(`${door.url}/api/trpc/people.needsSetUp`, { headers: { 'accept-encoding': 'gzip' } })
  expect(packed.headers.get('content-encoding')).toBe('gzip')
  expect(await packed.json()).toEqual(JSON.parse(plain.text))
})

test('the host of a request that names its whole address is not gone on to', async ({ door }) => {
  const asked = (target: string) => door.call(target, { method: 'GET' })
  expect((await asked('http://evil.example.com/apps?x=1')).text).toBe('a page at /apps')
  expect((await asked('http://localhost:3000/api/trpc/people.needsSetUp')).text).toContain('"data"')
})
