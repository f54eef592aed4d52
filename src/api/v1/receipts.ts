/**
 * Where providers push receipts to. No API key: the address of an account has an unguessable part, which vouches for what
 * comes there and is therefore never logged.
 */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, Env } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type Arrival, answerChallenge, type PushAnswer, takeReceipts } from '#domain/sending/receipts/receipts.ts'
import type { Parts } from '#platform/compose.ts'
import { problem } from './problem.ts'

const path = '/api/receipts/:provider/:token'
/** A push is a list; some thousand receipts are in this. */
const mostBytes = 1024 * 1024

/** A path as it may be logged. */
export const withoutToken = (path: string): string => path.replace(/^(\/api\/receipts\/[^/]*)\/.*/, '$1/…')

const arrivalOf = (c: Context, body: string): Arrival => ({
  provider: c.req.param('provider') ?? '',
  token: c.req.param('token') ?? '',
  ...{ body, query: c.req.query(), headers: c.req.header() },
})

const respond = ({ status, contentType, body }: PushAnswer) =>
  new Response(body, { status, headers: { 'content-type': contentType } })

export function addReceipts<Settings extends Env>(app: OpenAPIHono<Settings>, parts: Parts): void {
  const ctx = () => parts.contextFor({ kind: 'system', name: 'receipts' })
  const limit = bodyLimit({
    maxSize: mostBytes,
    onError: (c) => problem('payload_too_large', c.req.header('x-request-id') ?? 'none'),
  })
  app.post(path, limit, async (c) => respond(await takeReceipts(ctx(), arrivalOf(c, await c.req.text()))))
  app.get(path, async (c) => respond(await answerChallenge(ctx(), arrivalOf(c, ''))))
}
