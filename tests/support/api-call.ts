/** Calls of the HTTP API, as an App's backend makes them. */
import { v1 } from '#api/v1/app.ts'
import type { Parts } from '#platform/compose.ts'
import { expect } from './database.ts'

type Call = { key?: string; body?: unknown; headers?: Record<string, string>; method?: string }

/** A request to the API and what comes back, its body read as JSON. */
export async function call(parts: Parts, path: string, { key, body, headers = {}, method }: Call = {}) {
  const response = await v1(parts).request(path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      'x-request-id': 'request-17',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, headers: response.headers, json: JSON.parse(await response.text()) }
}

/** A problem in the form of RFC 9457, with nothing more than it should tell. */
export function expectProblem(
  answer: Awaited<ReturnType<typeof call>>,
  status: number,
  code: string,
  more: object = {},
) {
  expect(answer.json).toMatchObject({ type: `/docs#${code}`, status, code, request_id: 'request-17', ...more })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(typeof answer.json.title).toBe('string')
  const known = ['type', 'title', 'status', 'code', 'request_id', 'detail', 'errors', 'variables', 'reason']
  expect(Object.keys(answer.json).filter((name) => !known.includes(name))).toEqual([])
}
