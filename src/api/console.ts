/**
 * What the console's pages call: procedures, signing in, and the log as a file. Stands before Next, as the HTTP API does. Promises that nothing
 * of a body is kept beyond its limit, and that pages of other sites are not answered.
 */
import { Duplex } from 'node:stream'
import { constants, createGzip } from 'node:zlib'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Parts } from '#platform/compose.ts'
import { exportedMessages } from './message-export.ts'
import { appRouter } from './router.ts'
import { createContext, type ErrorShape, refusalOf } from './trpc.ts'

const mostCalls = 20
/** Templates are large. Whoever has never signed in has nothing large to say: reading 4 MB of JSON takes seconds at worst. */
const mostBytes = { ofMember: 4 * 1024 * 1024, ofAnybody: 64 * 1024 }

/** A refusal in the form that both the tRPC client and the sign-in form read. */
function refuse(
  c: Context,
  status: ContentfulStatusCode,
  domain: Pick<ErrorShape, 'code' | 'data'>,
  message: string,
): Response {
  const requestId = c.req.header('x-request-id') ?? 'none'
  return c.json({ message, error: { message, data: { httpStatus: status, domain: { ...domain, requestId } } } }, status)
}

/** The database is away: the same call may succeed in a moment. */
function unavailable(c: Context): Response {
  c.header('retry-after', '2')
  return refuse(c, 503, { code: 'unavailable', data: {} }, 'The database does not answer.')
}

const tooLarge = (c: Context) =>
  refuse(c, 413, { code: 'invalid_request', data: { reason: 'payload_too_large' } }, 'The body is too large.')

/** Counts what comes without a length; one that is announced is refused before anything is read, so that it can be dropped. */
function limitBody(mostOf: (c: Context) => number): MiddlewareHandler {
  return async (c, next) => {
    const maxSize = mostOf(c)
    if (Number(c.req.header('content-length') ?? 0) > maxSize) return tooLarge(c)
    const isCounted = c.req.header('transfer-encoding') !== undefined
    return isCounted ? bodyLimit({ maxSize, onError: tooLarge })(c, next) : next()
  }
}

/**
 * Whether a request comes from pages of ours. A browser says so itself (Fetch Metadata), or names the page's origin where it
 * has no more to say, as it does without https; what names neither is no page.
 */
function isOurOwn({ req }: Context, origins: readonly string[]): boolean {
  const site = req.header('sec-fetch-site')
  if (site) return site === 'same-origin' || site === 'none'
  const origin = req.header('origin')
  if (origin === undefined || origins.includes(origin)) return true
  return URL.canParse(origin) && new URL(origin).host === req.header('host')
}

/** Packs an answer as it comes, so that each part of a stream can be read at once. */
function packed(response: Response, accepted: string | undefined): Response {
  if (!response.body || !/\bgzip\b/.test(accepted ?? '')) return response
  const headers = new Headers(response.headers)
  headers.set('content-encoding', 'gzip')
  headers.append('vary', 'accept-encoding')
  const gzip = Duplex.toWeb(createGzip({ flush: constants.Z_SYNC_FLUSH }))
  return new Response(response.body.pipeThrough(gzip as ReadableWritablePair<Uint8Array>), {
    status: response.status,
    headers,
  })
}

export function consoleApi(parts: Parts): Hono {
  const app = new Hono()
  const ownPagesOnly: MiddlewareHandler = async (c, next) => {
    if (isOurOwn(c, parts.signIn.origins)) return next()
    const words = `A page of another site may not call Signet. Open the console at ${parts.env.url}.`
    return refuse(c, 403, { code: 'forbidden', data: { reason: 'other_site' } }, words)
  }
  app.onError((error, c) => {
    const call = { path: c.req.path, requestId: c.req.header('x-request-id') ?? 'none' }
    const { status, domain, message } = refusalOf(error, call)
    if (domain.code === 'unavailable') return unavailable(c)
    if (domain.data.retryAfter) c.header('retry-after', String(domain.data.retryAfter))
    return refuse(c, status as ContentfulStatusCode, domain, message)
  })
  app.use(ownPagesOnly)
  const mostOf = ({ req }: Context) =>
    parts.signIn.hasSignedIn(req.raw.headers) ? mostBytes.ofMember : mostBytes.ofAnybody
  app.all('/api/trpc/*', limitBody(mostOf), async (c) => {
    const response = await fetchRequestHandler({
      endpoint: '/api/trpc',
      req: c.req.raw,
      router: appRouter,
      createContext: () => createContext(c.req.raw.headers),
      maxBatchSize: mostCalls,
    })
    if (response.status === 503) response.headers.set('retry-after', '2')
    return packed(response, c.req.header('accept-encoding'))
  })
  app.get('/api/export/messages', async (c) => exportedMessages(await createContext(c.req.raw.headers), c.req.query()))
  const least = limitBody(() => mostBytes.ofAnybody)
  app.all('/api/auth/*', least, async (c) => {
    const began = performance.now()
    const response = await parts.signIn.handler(c.req.raw)
    // Its library keeps the reason of a failure to itself.
    return response.status >= 500 && parts.hasFailedSince(began) ? unavailable(c) : response
  })
  return app
}
