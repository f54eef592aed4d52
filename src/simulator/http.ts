/**
 * The one HTTP port: hands requests to routes. Promises that only this machine's own pages and programs get an answer:
 * a request under another host name (DNS rebinding) or a change asked for by another site is refused.
 */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'

export type Request = {
  method: Route['method']
  url: URL
  headers: IncomingHttpHeaders
  body: string
  /** The address it came from. */
  caller: string
  parameters: string[]
}
export type Reply =
  | { status: number; type?: string; body?: string; headers?: Record<string, string> }
  /** The line is reset instead. */
  | 'reset'
export type Route = {
  method: 'GET' | 'POST' | 'DELETE'
  /** Its groups become the request's parameters. */
  path: RegExp
  answer: (request: Request) => Reply | Promise<Reply>
}

const largestBody = 1024 * 1024
const hostPattern = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i

const commonHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

export const json = (status: number, value: unknown): Exclude<Reply, 'reset'> => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
})

/** A request that cannot be answered as it is; the message goes to the caller. */
export class RequestError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

function guard(request: IncomingMessage): void {
  const { host = '', origin } = request.headers
  if (!hostPattern.test(host)) throw new RequestError(403, 'The simulator answers only to localhost.')
  if (origin !== undefined && request.method !== 'GET' && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    throw new RequestError(403, 'Another site may not change the simulator.')
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largestBody) throw new RequestError(413, 'The request is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function answer(routes: readonly Route[], request: IncomingMessage): Promise<Reply> {
  guard(request)
  const base = 'http://localhost'
  if (!URL.canParse(request.url ?? '/', base)) throw new RequestError(400, 'The address is malformed.')
  const url = new URL(request.url ?? '/', base)
  const onPath = routes.filter(({ path }) => path.test(url.pathname))
  if (onPath.length === 0) throw new RequestError(404, `There is nothing at ${url.pathname}.`)
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const route = onPath.find((candidate) => candidate.method === method)
  if (!route) {
    const allowed = onPath.map((candidate) => candidate.method).join(', ')
    return { ...json(405, { error: `Only ${allowed} here.` }), headers: { allow: allowed } }
  }
  const parameters = route.path.exec(url.pathname)?.slice(1) ?? []
  return route.answer({
    method: route.method,
    url,
    headers: request.headers,
    body: await readBody(request),
    caller: request.socket.remoteAddress ?? '',
    parameters,
  })
}

function failure(error: unknown): Reply {
  if (error instanceof RequestError) return json(error.status, { error: error.message })
  console.error(error)
  return json(500, { error: 'Internal error; the simulator wrote it to its standard error.' })
}

function write(response: ServerResponse, reply: Reply): void {
  if (reply === 'reset') {
    response.socket?.resetAndDestroy()
    return
  }
  const { status, type, body, headers } = reply
  const sent = { ...commonHeaders, ...(type && { 'content-type': type }), ...headers }
  response.writeHead(status, sent).end(body)
}

/** A server over these routes, not yet listening. */
export function createHttpServer(routes: readonly Route[]): Server {
  return createServer((request, response) => {
    answer(routes, request)
      .catch(failure)
      .then((reply) => write(response, reply))
  })
}
