/**
 * The web process: one port, three front doors. What Apps call goes to the HTTP API, what the console's pages call to the
 * procedures, everything else to the pages.
 * Promises every page a content policy with a fresh nonce, and that no `x-signet-*` header comes from outside.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { resolve } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import next from 'next'
import { consoleApi } from './api/console.ts'
import { appRouter } from './api/router.ts'
import { createContext } from './api/trpc.ts'
import { describedApi, v1 } from './api/v1/app.ts'
import { holdIfCopied } from './domain/base/holding.ts'
import { attendant } from './domain/incidents/attending.ts'
import { dropRest, refuseBody } from './platform/body-limit.ts'
import { compose, type Parts } from './platform/compose.ts'
import { drainingServer } from './platform/draining.ts'
import { type Env, env, SettingsError } from './platform/env.ts'
import { endOnUncaught, openLog } from './platform/log.ts'
import { withOutageAnswer } from './platform/outage-answer.ts'
import { setParts } from './platform/parts.ts'
import { setProcedures } from './platform/procedures.ts'

const looksEveryMs = 30_000
const settlesWithinMs = 5000

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown
type Settings = Pick<Env, 'url' | 'port' | 'host' | 'sandbox' | 'trustProxy'> & { dev?: boolean }
type Doors = { api: Listener; console: Listener; pages: Listener }

/** Headers that only this process may set; whatever a client sends under these names is dropped. */
const isOurs = (name: string) => name.startsWith('x-signet-') || name === 'x-nonce' || name === 'x-request-id'
const isApi = (path: string) => /^\/api\/(v1|receipts)\//.test(path) || ['/api/health', '/api/metrics'].includes(path)
const isConsoleCall = (path: string) => /^\/api\/(trpc|auth|export)\//.test(path)

/** The template editor shows remote images of a template on request, in a frame that inherits its page's policy. */
const showsRemoteImages = (path: string) =>
  /^\/personal-center\/third-party-configuration\/email\/templates\//.test(path)

/** What a page may load and run: our own files, and inline code only with the nonce of this answer. */
export const contentPolicy = (nonce: string, remoteImages = false, dev = false) =>
  [
    "default-src 'self'",
    // While pages are developed, React rebuilds the server's stacks with eval and Next draws its overlay.
    `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' data:${remoteImages ? ' https:' : ''}`,
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Replaces our own headers of a request, both parsed and raw: the pages read the one, the HTTP API the other. */
function setOwnHeaders(request: IncomingMessage, own: Record<string, string>): void {
  const raw: string[] = []
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at] ?? ''
    if (!isOurs(name.toLowerCase())) raw.push(name, request.rawHeaders[at + 1] ?? '')
  }
  for (const name of Object.keys(request.headers)) if (isOurs(name)) delete request.headers[name]
  for (const [name, value] of Object.entries(own)) {
    raw.push(name, value)
    request.headers[name] = value
  }
  request.rawHeaders = raw
}

/** The caller's address: the socket's, or what the nearest proxy saw when it is trusted. */
export function clientIp(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? request.headers['x-forwarded-for'] : undefined
  const nearest = (Array.isArray(forwarded) ? forwarded.join(',') : forwarded)?.split(',').at(-1)?.trim()
  return (nearest || request.socket.remoteAddress || '').replace(/^::ffff:/, '')
}

/** What is asked for, as a path: a proxy may write the whole address, whose host Next would send the caller on to. */
function pathOf({ url = '/' }: IncomingMessage): string {
  if (url.startsWith('/')) return url
  if (!URL.canParse(url)) return '/'
  const { pathname, search } = new URL(url)
  return pathname + search
}

/** In the sandbox, names that a page on the internet could point at this machine are refused. */
function hostsOf({ url, port, sandbox }: Settings): Set<string> | undefined {
  return sandbox ? new Set([new URL(url).host, `localhost:${port}`, `127.0.0.1:${port}`]) : undefined
}

function protectPage(response: ServerResponse, policy: string, isHttps: boolean): void {
  response.setHeader('Content-Security-Policy', policy)
  response.setHeader('Referrer-Policy', 'same-origin')
  response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  if (isHttps) response.setHeader('Strict-Transport-Security', 'max-age=31536000')
}

/** Sends each request to its front door, with a request id, the caller's address and, for pages, the policy. */
export function frontDoor(settings: Settings, { api, console, pages }: Doors): Listener {
  const hosts = hostsOf(settings)
  const isHttps = settings.url.startsWith('https:')
  return (request, response) => {
    const target = pathOf(request)
    request.url = target
    const path = target.split('?', 1)[0] ?? '/'
    const requestId = randomUUID()
    const own: Record<string, string> = {
      'x-request-id': requestId,
      'x-signet-client-ip': clientIp(request, settings.trustProxy),
    }
    response.setHeader('X-Request-Id', requestId)
    response.setHeader('X-Content-Type-Options', 'nosniff')
    dropRest(request, response)
    if (hosts && !hosts.has(request.headers.host?.toLowerCase() ?? '')) {
      response.writeHead(421, { 'Content-Type': 'text/plain; charset=utf-8' })
      return response.end(`This sandbox answers at ${settings.url} only.\n`)
    }
    if (isApi(path)) {
      setOwnHeaders(request, own)
      return api(request, response)
    }
    if (isConsoleCall(path)) {
      setOwnHeaders(request, own)
      return console(request, response)
    }
    if (refuseBody(request, response)) return undefined
    // 122 random bits, drawn in batches: randomBytes asks the system each time, at a third of a millisecond.
    const nonce = randomUUID().replaceAll('-', '')
    const policy = contentPolicy(nonce, showsRemoteImages(path), settings.dev)
    protectPage(response, policy, isHttps)
    own['x-nonce'] = nonce
    own['x-signet-path'] = target
    setOwnHeaders(request, own)
    request.headers['content-security-policy'] = policy
    return pages(request, response)
  }
}

function listen(server: Server, { host, port }: Settings): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      done()
    })
  })
}

/** What to do about an address that cannot be listened on; undefined for any other error. */
function portSentence(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error) || error.syscall !== 'listen') return
  const { host, port } = env()
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is in use by another program. Stop that program, or set PORT to a free port.`
  }
  if (error.code === 'EACCES') return `This user may not listen on port ${port}. Set PORT to a port above 1023.`
  if (error.code === 'EADDRNOTAVAIL') return `This machine has no address ${host}. Set HOST to one that it has.`
  return undefined
}

/** Looks for incidents here, too: workers that are gone notice nothing. Ends with what it returns. */
function attendIncidents(parts: Parts, settings: Env): () => Promise<void> {
  const ctx = parts.contextFor({ kind: 'system', name: 'web' })
  // It may be that no worker has seen that it is a copy.
  const recognise = settings.sandbox ? undefined : () => holdIfCopied(ctx, settings.dataId)
  const attending = attendant(ctx, { ...settings, recognise })
  const note = (error: unknown) => parts.log.warn({ err: error }, 'incidents were not looked for')
  const timer = setInterval(() => attending.look().catch(note), looksEveryMs)
  return () => {
    clearInterval(timer)
    return attending.settled(settlesWithinMs)
  }
}

/** Ends the process when asked to, or when the program that started it is gone. */
function stopWhenAsked(close: () => Promise<void>): void {
  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    await close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'disconnect']) process.on(signal, stop)
}

async function main(): Promise<void> {
  const settings = env()
  const log = openLog('web', settings.logLevel)
  endOnUncaught(log)
  const parts = setParts(await compose(settings, log, { name: 'signet-web' }))
  const api = v1(parts)
  setProcedures({ router: appRouter, createContext, reference: describedApi(api, settings.url) })
  const site = next({ dev: settings.dev, dir: resolve(import.meta.dirname, '..'), port: settings.port, quiet: true })
  await site.prepare()
  const { server, drain } = drainingServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 20_000, connectionsCheckingInterval: 5_000 },
    frontDoor(settings, {
      // What is left of a body is dropped by us, see body-limit.ts.
      api: getRequestListener(api.fetch, { autoCleanupIncoming: false }),
      console: getRequestListener(consoleApi(parts).fetch, { autoCleanupIncoming: false }),
      pages: withOutageAnswer(site.getRequestHandler(), parts.hasFailedSince),
    }),
  )
  const endAttending = attendIncidents(parts, settings)
  stopWhenAsked(async () => {
    await Promise.all([endAttending(), drain(settings.drainMs)])
    await site.close()
    await parts.close()
  })
  const setUpLink = (await parts.needsSetUp()) ? parts.setUpLink : null
  await listen(server, settings)
  if (process.send) process.send({ ready: settings.url, setUpLink })
  else if (setUpLink) process.stdout.write(`Nobody has signed up yet. Set Signet up at ${setUpLink}\n`)
}

/** Says what a person can act on in a sentence, and everything else in full. */
function explain(error: unknown): string {
  if (error instanceof SettingsError) return error.message
  return portSentence(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    process.stderr.write(`${explain(error)}\n`)
    process.exit(1)
  })
}
