/** What callers get while the database is away: never an internal error, and soon. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { v7 } from 'uuid'
import { consoleApi } from '#api/console.ts'
import type { Parts } from '#platform/compose.ts'
import { withOutageAnswer } from '#platform/outage-answer.ts'
import { setParts } from '#platform/parts.ts'
import en from '../../messages/en.json' with { type: 'json' }
import zh from '../../messages/zh-CN.json' with { type: 'json' }
import { call, expectProblem } from '../support/api-call.ts'
import { caller, expect, test as onStage, origin, partsOn, signedIn } from '../support/api-stage.ts'
import { badLine } from '../support/bad-line.ts'

type Line = Awaited<ReturnType<typeof badLine>>

/** Parts whose database is at the end of a line that fails when told. */
const test = onStage.extend<{ line: Line; far: Parts }>({
  line: async ({ world }, use) => {
    const line = await badLine(world.url)
    await use(line)
    await line.close()
  },
  far: async ({ stage, line }, use) => {
    const far = setParts(await partsOn(stage, { DATABASE_URL: line.url }))
    await use(far)
    line.trouble('none')
    await far.close()
  },
})

const calls = (id: string): [string, unknown?][] => [
  ['/api/v1/messages', { channel: 'email', scenario: 'login', to: 'ann@example.com', variables: { code: '1234' } }],
  ['/api/v1/messages'],
  [`/api/v1/messages/${id}`],
  ['/api/v1/events', { scenario: 'device_alarm', recipients: [{ email: 'ann@example.com' }], variables: {} }],
  ['/api/v1/verifications', { channel: 'email', scenario: 'login', to: 'ann@example.com' }],
  [`/api/v1/verifications/${id}/check`, { code: '123456' }],
]

for (const [what, ends] of [
  ['falls silent', (line: Line) => line.trouble('both are silent')],
  ['refuses connections', (line: Line) => line.close()],
] as const) {
  test(`every call of the HTTP API is answered with 503 and when to come back, once the database ${what}`, async ({
    stage,
    line,
    far,
  }) => {
    const { key, asApp } = await stage.ready()
    const { id } = await stage.send(asApp)
    expect((await call(far, '/api/v1/messages', { key, body: calls(id)[0]?.[1] })).status).toBe(202)
    await ends(line)
    const answers = await Promise.all(calls(id).map(([path, body]) => call(far, path, { key, body })))
    for (const answer of answers) {
      expectProblem(answer, 503, 'unavailable')
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(await call(far, '/api/health')).toMatchObject({
      status: 503,
      json: { status: 'unavailable', database: false, queue: false, oldest_job_seconds: null },
    })
  })
}

test('health tells for how long a statement has been under way, and a job has been due', async ({
  stage,
  line,
  far,
}) => {
  const { asApp } = await stage.ready()
  await stage.send(asApp)
  const [before, after] = [await call(far, '/api/health'), async () => (await call(far, '/api/health')).json]
  expect(before.json.status).toBe('ok')
  await expect.poll(async () => (await after()).oldest_job_seconds).toBeGreaterThan(before.json.oldest_job_seconds)
  line.trouble('both are silent')
  const waiting = call(far, '/api/v1/messages', { key: 'sk_live_unknown' })
  await new Promise((done) => setTimeout(done, 50))
  expect((await after()).oldest_statement_seconds).toBeGreaterThan(0)
  expectProblem(await waiting, 503, 'unavailable')
})

test('procedures and signing in say that the database is away, and so does finding out who asks', async ({
  stage,
  line,
  far,
}) => {
  const who = await signedIn(stage, await stage.organization(), 'owner')
  const cookie = await cookieOf(far)
  await line.close()
  await expect(caller(who).people.shell()).rejects.toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    // What stands in the place of a page knows it by this.
    digest: 'unavailable',
  })
  const api = consoleApi(far)
  const answers = [
    await api.request(new Request(`${origin}/api/trpc/people.shell`, { headers: { cookie } })),
    await api.request(signInRequest('ann@example.com')),
  ]
  for (const answer of answers) {
    const text = await answer.text()
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
    expect(JSON.parse(text).error.data.domain.code).toBe('unavailable')
    expect(text).not.toMatch(/ECONN|127\.0\.0\.1/)
  }
})

const password = 'correct horse battery'

/** The cookie of somebody who has just signed in. */
async function cookieOf(parts: Parts): Promise<string> {
  const email = `${v7()}@example.com`
  await parts.signIn.addPerson({ name: 'Ann', email, password })
  const response = await parts.signIn.handler(signInRequest(email))
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

const signInRequest = (email: string) =>
  new Request(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    body: JSON.stringify({ email, password }),
    headers: { 'content-type': 'application/json', origin },
  })

/** A front door to pages that ask the database first and fail as Next does. */
async function pagesOf(far: Parts) {
  const server = createServer(
    withOutageAnswer(async (request, response) => {
      response.setHeader('X-Of-Next', 'yes')
      if (request.url === '/broken') return response.writeHead(500).end('broken')
      const rows = await far.db.execute('select 1').catch(() => undefined)
      response.statusCode = rows ? 200 : 500
      if (request.url === '/streamed') response.write('<p>')
      return response.end('<p>page')
    }, far.hasFailedSince),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

test('a page that fails for want of a database says so in both languages, and nothing else is touched', async ({
  line,
  far,
}) => {
  const { url, close } = await pagesOf(far)
  expect(await (await fetch(`${url}/page`)).text()).toBe('<p>page')
  line.trouble('both are silent')
  expect(await (await fetch(`${url}/broken`)).text()).toBe('broken')
  for (const path of ['/page', '/streamed', '/page']) {
    const answer = await fetch(url + path)
    expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('x-of-next')]).toEqual([
      503,
      '5',
      null,
    ])
    const html = await answer.text()
    expect(html).toContain(en.Outage.title)
    expect(html).toContain(zh.Outage.next)
    expect(html).not.toContain('<p>page')
  }
  close()
})
