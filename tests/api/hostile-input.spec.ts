/**
 * Every procedure and every call of the HTTP API, as the routers name them, with what nobody means in each place of its input:
 * each is refused or answered, and none is an internal error.
 */
import { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { z } from 'zod'
import { appRouter } from '#api/router.ts'
import { v1 } from '#api/v1/app.ts'
import { contextOf, expect, test as onStage, signedIn, type Who } from '../support/api-stage.ts'
import { hostileTexts, mutations, sampleOf } from '../support/hostile.ts'
import { cases, ending, type Populated, populated } from '../support/procedure-cases.ts'
import { PushStage } from '../support/push-stage.ts'

const test = onStage.extend<{ push: PushStage }>({
  push: [async ({ stage }, use) => use(new PushStage(stage)), { auto: true }],
})

let organization: Promise<Populated> | undefined
const shared = (push: PushStage) => (organization ??= populated(push, 'Hostile'))

type AnyProcedure = { _def: { inputs: z.ZodType[] } }
const isRemoving = (path: string) => Number(/remove|reset/.test(path))
/** What takes something away comes last. */
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, AnyProcedure>).sort(
  ([one], [other]) => isRemoving(one) - isRemoving(other),
)
const shown = (value: unknown) => JSON.stringify(value)?.slice(0, 300) ?? 'nothing'

/** What a call ended as that is no answer and no refusal; undefined for either. */
async function failureOf(who: Who, path: string, input: unknown): Promise<string | undefined> {
  try {
    await ending(who, path, input)
    return undefined
  } catch (error) {
    const isRefusal = error instanceof TRPCError && error.code !== 'INTERNAL_SERVER_ERROR'
    return isRefusal
      ? undefined
      : `${path} ${shown(input)}: ${error instanceof Error ? error.message.slice(-400) : error}`
  }
}

for (const [path, { _def }] of procedures) {
  test(`${path} refuses or answers whatever it is given`, async ({ push, stage, parts: _ }) => {
    const of = await shared(push)
    const who = await signedIn(stage, of.org, 'owner')
    const [schema] = _def.inputs
    const bases = [...(schema ? [sampleOf(schema)] : [undefined]), cases[path]?.input?.(of)]
    const failures: string[] = []
    for (const base of bases) {
      for (const input of mutations(base)) {
        const failure = await failureOf(who, path, input)
        if (failure) failures.push(failure)
        if (failures.length > 4) break
      }
    }
    expect(failures).toEqual([])
  })
}

test('what is no call of a procedure at all is refused', async ({ parts: _ }) => {
  const failures: string[] = []
  for (const text of hostileTexts) {
    const urls = [
      `apps.get?input=${encodeURIComponent(text.toWellFormed())}`,
      `apps.get?input=${text.slice(0, 9)}`,
      encodeURIComponent(text.toWellFormed()),
      'apps.get,apps.list?batch=1&input=%7B%220%22%3A',
    ]
    for (const url of urls) {
      const request = URL.canParse(`http://localhost/api/trpc/${url}`)
        ? new Request(`http://localhost/api/trpc/${url}`)
        : undefined
      if (!request) continue
      const { status } = await fetchRequestHandler({
        endpoint: '/api/trpc',
        req: request,
        router: appRouter,
        createContext: () => contextOf(null),
      })
      if (status >= 500) failures.push(`${status} ${url.slice(0, 200)}`)
    }
  }
  expect(failures).toEqual([])
})

type Operation = {
  requestBody?: { content: { 'application/json': { schema: { $ref: string } } } }
  parameters?: { name: string; in: string }[]
}
type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, { example?: unknown }> }
}

/** A path with something in place of its parameters. */
const filled = (path: string, text: string) =>
  path.replace(/[{:][A-Za-z]+\}?|\*/g, () => encodeURIComponent(text.toWellFormed()))

test('every call of the HTTP API refuses or answers whatever it is given', async ({ push, stage, parts }) => {
  const of = await populated(push, 'Calls')
  const app = v1(parts)
  const { key } = await stage.key(of.org.as('owner'), of.appId)
  const { paths, components } = (await (await app.request('/api/v1/openapi.json')).json()) as Document
  const failures: string[] = []
  const call = async (url: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${key}`, 'x-request-id': 'request-17', ...init.headers }
    const { status } = await app.request(url, { ...init, headers })
    if (status >= 500)
      failures.push(`${init.method ?? 'GET'} ${url.slice(0, 200)} ${String(init.body ?? '').slice(0, 200)}: ${status}`)
  }
  const described = Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ path, method: verb.toUpperCase(), operation })),
  )
  const others = app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ path, method }) => ({ path, method, operation: {} as Operation }))
  expect(described.length).toBeGreaterThan(5)
  for (const { path, method, operation } of [...described, ...others]) {
    const name = operation.requestBody?.content['application/json'].schema.$ref.split('/').pop()
    const example = name && components.schemas[name]?.example
    const body = example ? { body: JSON.stringify(example) } : method === 'POST' ? { body: '{}' } : {}
    for (const text of hostileTexts) {
      const place = filled(path, of.messageId)
      const texts = encodeURIComponent(text.toWellFormed())
      await call(filled(path, text.slice(0, 500)), { method, ...body })
      for (const { name: parameter } of operation.parameters ?? [])
        await call(`${place}?${parameter}=${texts}`, { method, ...body })
      if (method !== 'POST') continue
      await call(place, { method, body: text })
      const latin = [...text.slice(0, 300)].filter((one) => one > '\x1f' && one < '\xff').join('')
      await call(place, { method, ...body, headers: { 'idempotency-key': latin, 'content-type': latin } })
    }
    if (!example) continue
    for (const input of mutations(example)) {
      await call(filled(path, of.messageId), { method, body: JSON.stringify(input) ?? '' })
    }
  }
  expect(failures).toEqual([])
})
