/** The console's procedures: who may call, and what leaves when something goes wrong. */
import { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { appRouter } from '#api/router.ts'
import { DomainError, type DomainErrorCode, type ErrorData } from '#domain/base/errors.ts'
import type { Parts } from '#platform/compose.ts'
import { setParts } from '#platform/parts.ts'
import { caller, contextOf, expect, signedIn, test, type Who } from '../support/api-stage.ts'

type Answer = { status: number; text: string; error: { message: string; data: Record<string, unknown> } | undefined }

/** A call as the browser makes it; `stream` asks for stages as they end. */
async function call(
  who: Who,
  path: string,
  input: unknown,
  options: { stream?: boolean; get?: boolean } = {},
): Promise<Answer> {
  const url = `http://localhost/api/trpc/${path}${options.stream ? '?batch=1' : ''}`
  const body = typeof input === 'string' ? input : JSON.stringify(options.stream ? { 0: input } : input)
  const request = options.get
    ? new Request(`${url}?input=${encodeURIComponent(body)}`)
    : new Request(url, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          ...(options.stream ? { 'trpc-accept': 'application/jsonl' } : {}),
        },
      })
  const response = await fetchRequestHandler({
    ...{ endpoint: '/api/trpc', req: request, router: appRouter },
    createContext: () => contextOf(who),
  })
  const text = await response.text()
  return { status: response.status, text, error: options.stream ? undefined : JSON.parse(text).error }
}

/** Parts whose domain answers everything with this error. */
const failingWith = (parts: Parts, error: Error) =>
  setParts({
    ...parts,
    contextFor: () => {
      throw error
    },
  })

const statuses: Record<DomainErrorCode, number> = {
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  invalid_request: 400,
  conflict: 409,
  unknown_scenario: 404,
  recipient_invalid: 422,
  missing_variables: 422,
  unknown_variables: 422,
  channel_not_configured: 422,
  template_not_configured: 422,
  template_not_usable: 422,
  idempotency_conflict: 422,
  rate_limited: 429,
  codes_blocked: 429,
  codes_stopped: 403,
  provider_unavailable: 502,
}

test('every error of the domain leaves with its code, its data and its own HTTP status', async ({ stage, parts }) => {
  const who = await signedIn(stage, await stage.organization(), 'owner')
  for (const [code, status] of Object.entries(statuses) as [DomainErrorCode, number][]) {
    const data: ErrorData = { reason: 'last_owner', retryAfter: 7, fields: [{ path: 'name', code: 'taken' }] }
    failingWith(parts, new DomainError(code, `It is ${code}.`, data))
    const answer = await call(who, 'people.members', {}, { get: true })
    expect(answer.status, code).toBe(status)
    expect(answer.error).toMatchObject({
      message: `It is ${code}.`,
      data: { httpStatus: status, domain: { code, data, requestId: 'request-17' } },
    })
  }
})

test('an error of ours leaves as "Internal error" with the request id and nothing else, and is logged whole', async ({
  stage,
  parts,
}) => {
  const who = await signedIn(stage, await stage.organization(), 'owner')
  const error = new Error('select "secret" from account where password = hunter2')
  failingWith(parts, error)
  const answer = await call(who, 'people.members', {}, { get: true })
  expect(answer.status).toBe(500)
  const domain = { code: 'internal', data: {}, requestId: 'request-17' }
  expect(JSON.parse(answer.text)).toEqual({
    error: {
      ...{ message: 'Internal error', code: -32603 },
      data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, domain },
    },
  })
  expect(stage.log).toMatchObject([
    { level: 'error', data: { err: error, path: 'people.members', requestId: 'request-17' } },
  ])
})

test('an error in the middle of a stream leaves with its code, and one of ours with nothing else', async ({
  stage,
  parts: _,
}) => {
  const org = await stage.organization()
  const who = await signedIn(stage, org, 'author')
  const input = { id: '0193a5c2-7e11-7c39-a2f0-6f1d2c3b4a59' }
  const forbidden = await call(who, 'accounts.validate', input, { stream: true })
  expect(forbidden.text).toContain('"code":"forbidden"')
  const owner = await signedIn(stage, org, 'owner')
  const id = await stage.account(org.as('owner'))
  stage.provider.onCheck = async function* () {
    yield { stage: 'connect', ok: true, ms: 1 }
    throw new Error('password = hunter2')
  }
  const broken = await call(owner, 'accounts.validate', { id }, { stream: true })
  expect(broken.text).toContain('"stage":"connect"')
  expect(broken.text).toContain('Internal error')
  expect(broken.text).not.toContain('hunter2')
  expect(stage.log.filter(({ level }) => level === 'error')).toHaveLength(1)
})

test('a check answers stage by stage and ends with how it ended', async ({ stage, parts: _ }) => {
  const org = await stage.organization()
  const id = await stage.account(org.as('owner'))
  const steps: unknown[] = []
  const who = await signedIn(stage, org, 'owner')
  for await (const step of await caller(who).accounts.validate({ id })) steps.push(step)
  expect(steps).toMatchObject([
    { stage: { stage: 'connect', ok: true } },
    { stage: { stage: 'login', ok: true } },
    { end: { ok: true } },
  ])
})

test('input of another form is refused field by field', async ({ stage, parts: _ }) => {
  const who = await signedIn(stage, await stage.organization(), 'owner')
  const app = { key: 'Shop!', name: '', language: 'fr', codeLifetimeMinutes: 99, logo: null, colour: 'red' }
  const { status, error } = await call(who, 'apps.add', app)
  expect(status).toBe(400)
  expect(error?.data.domain).toMatchObject({
    code: 'invalid_request',
    data: {
      fields: [
        { path: 'name', code: 'required' },
        { path: 'language', code: 'invalid_value' },
        { path: 'codeLifetimeMinutes', code: 'too_big_number', params: { maximum: 30 } },
        { path: 'key', code: 'invalid_app_key' },
        { path: 'colour', code: 'unknown_field' },
      ],
    },
  })
})

test('a body that is not JSON and a procedure that is not there are no errors of ours', async ({ stage, parts: _ }) => {
  const who = await signedIn(stage, await stage.organization(), 'owner')
  const malformed = await call(who, 'apps.add', '{"key":')
  expect([malformed.status, malformed.error?.data.domain]).toMatchObject([400, { code: 'invalid_request' }])
  const unknown = await call(who, 'apps.explode', {})
  expect([unknown.status, unknown.error?.data.domain]).toMatchObject([404, { code: 'not_found' }])
  const wrongVerb = await call(who, 'apps.add', {}, { get: true })
  expect([wrongVerb.status, wrongVerb.error?.data.domain]).toMatchObject([405, { code: 'invalid_request' }])
  expect(stage.log).toEqual([])
})

test('somebody who is not signed in, or belongs to no organization, is told so', async ({ stage, parts: _ }) => {
  const nobody = await call(null, 'people.members', {}, { get: true })
  expect([nobody.status, nobody.error?.data.domain]).toMatchObject([401, { code: 'unauthorized' }])
  const who = await signedIn(stage, await stage.organization(), 'owner')
  const homeless = await call({ ...who, organization: null }, 'people.members', {}, { get: true })
  expect([homeless.status, homeless.error?.data.domain]).toMatchObject([403, { code: 'forbidden' }])
  expect(await caller({ ...who, organization: null }).people.shell()).toMatchObject({ role: null, permissions: [] })
})

test('a procedure that is called without HTTP throws the error of the domain', async ({ stage, parts: _ }) => {
  const who = await signedIn(stage, await stage.organization(), 'viewer')
  const refused = await caller(who)
    .apps.remove({ id: '0193a5c2-7e11-7c39-a2f0-6f1d2c3b4a59' })
    .catch((error) => error)
  expect(refused).toBeInstanceOf(TRPCError)
  expect(refused).toMatchObject({ code: 'FORBIDDEN', cause: { code: 'forbidden', data: { reason: 'apps:write' } } })
})

test('the frame of the console is told who is there and what they may', async ({ stage, parts: _ }) => {
  const org = await stage.organization()
  const shell = await caller(await signedIn(stage, org, 'author')).people.shell()
  expect(shell).toMatchObject({
    ...{ role: 'author', organization: { id: org.id, name: 'Acme' }, organizations: [{ id: org.id, name: 'Acme' }] },
    ...{ sandbox: false, user: { email: org.person('author').email } },
  })
  expect(shell.permissions).toContain('templates:write')
  expect(shell.permissions).not.toContain('accounts:write')
})
