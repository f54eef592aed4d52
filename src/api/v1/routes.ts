/** What the routes of the HTTP API share: how a call is read, and how an answer and a problem are described. */
import type { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Ctx } from '#domain/base/ctx.ts'
import { problemsFrom } from '#domain/base/problems.ts'
import { Problem, problem } from './problem.ts'
import { IdempotencyHeaders } from './schemas.ts'

/** `asked` is a body that was understood. */
export type Variables = { ctx: Ctx; requestId: string; input: unknown }
export type App = OpenAPIHono<{ Variables: Variables }>

export const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
})
export const problems = (...codes: number[]): Record<never, never> =>
  Object.fromEntries(
    codes.map((status) => [
      status,
      { description: 'A problem: decide by its `code`.', content: { 'application/problem+json': { schema: Problem } } },
    ]),
  )

export const security = [{ key: [] }]

export const invalidRequest = (error: z.ZodError | z.core.$ZodError, requestId: string) =>
  problem('invalid_request', requestId, {
    errors: problemsFrom(error).map(({ path, code }) => ({ path, code })),
    detail: 'Some fields are not valid.',
  })

/** Undefined for what is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The body of a call and its Idempotency-Key, or the problem with them. Bodies are JSON whatever they are called: `curl -d` calls them a form. */
export async function readCall<Schema extends z.ZodType>(
  c: Context<{ Variables: Variables }>,
  schema: Schema,
): Promise<{ input: z.output<Schema>; options: { idempotencyKey?: string } } | Response> {
  const requestId = c.get('requestId')
  const body = parseJson(await c.req.text())
  if (body === undefined) return problem('invalid_request', requestId, { detail: 'The body is not valid JSON.' })
  const headers = IdempotencyHeaders.safeParse({ 'idempotency-key': c.req.header('idempotency-key') })
  if (!headers.success) return invalidRequest(headers.error, requestId)
  const input = schema.safeParse(body)
  if (!input.success) return invalidRequest(input.error, requestId)
  c.set('input', input.data)
  const idempotencyKey = headers.data['idempotency-key']
  return { input: input.data, options: idempotencyKey ? { idempotencyKey } : {} }
}
