/** The web process's front door on a port of its own, with stand-in pages: for what a request meets before it is understood. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { consoleApi } from '#api/console.ts'
import { v1 } from '#api/v1/app.ts'
import type { Parts } from '#platform/compose.ts'
import { frontDoor } from '../../src/server.ts'
import { expect, test as onStage } from './api-stage.ts'

export { expect }

export type Answer = { status: number; headers: Record<string, string>; text: string }
type Call = { method?: string; headers?: Record<string, string>; body?: string | Iterable<string> }

export type Door = {
  url: string
  /** Sends a request to its end and reads the answer; a connection that is reset meanwhile fails the test. */
  call(path: string, call?: Call): Promise<Answer>
}

/** Writes all of the request before it looks at the answer, as a slow caller would: Node's own client stops in between. */
async function send(port: number, path: string, { method = 'POST', headers = {}, body = '' }: Call): Promise<Answer> {
  const socket = connect(port, '127.0.0.1')
  const failed = once(socket, 'close').then(() => {
    throw new Error('The connection was closed before the answer had come.')
  })
  failed.catch(() => undefined)
  let answer = ''
  socket.setEncoding('utf8').on('data', (part: string) => {
    answer += part
  })
  const write = async (text: string) => {
    if (!socket.write(text)) await Promise.race([once(socket, 'drain'), failed])
  }
  const isCounted = typeof body !== 'string' && headers['content-length'] === undefined
  const all = {
    ...{ host: `127.0.0.1:${port}`, ...headers },
    ...(typeof body === 'string' && body !== '' && { 'content-length': String(body.length) }),
    ...(isCounted && { 'transfer-encoding': 'chunked' }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  await write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
  for (const part of typeof body === 'string' ? [body] : body) {
    await write(isCounted ? `${part.length.toString(16)}\r\n${part}\r\n` : part)
  }
  if (isCounted) await write('0\r\n\r\n')
  const parsed = await Promise.race([failed, untilParsed(() => answer)])
  socket.destroy()
  return parsed
}

async function untilParsed(read: () => string): Promise<Answer> {
  for (;;) {
    const parsed = parse(read())
    if (parsed) return parsed
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** An answer in ASCII, once all of it is there. */
function parse(answer: string): Answer | undefined {
  const end = answer.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [first = '', ...lines] = answer.slice(0, end).split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  const body = answer.slice(end + 4)
  const status = Number(first.split(' ')[1])
  if (headers['transfer-encoding'] !== 'chunked') {
    return body.length < Number(headers['content-length'] ?? 0) ? undefined : { status, headers, text: body }
  }
  if (!body.endsWith('0\r\n\r\n')) return undefined
  return { status, headers, text: body.replace(/^[0-9a-f]+\r\n|\r\n[0-9a-f]+\r\n|\r\n$/g, '') }
}

export const test = onStage.extend<{ door: Door; doorFor: (parts: Parts) => Promise<Door> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off this pattern
  doorFor: async ({}, use) => {
    const servers: ReturnType<typeof createServer>[] = []
    await use(async (parts) => {
      const pages = getRequestListener(({ url }) => new Response(`a page at ${new URL(url).pathname}`))
      const server = createServer(
        frontDoor(parts.env, {
          api: getRequestListener(v1(parts).fetch, { autoCleanupIncoming: false }),
          console: getRequestListener(consoleApi(parts).fetch, { autoCleanupIncoming: false }),
          pages,
        }),
      ).listen(0, '127.0.0.1')
      servers.push(server)
      await once(server, 'listening')
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      return { url: `http://127.0.0.1:${port}`, call: (path, call = {}) => send(port, path, call) }
    })
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
  },
  door: async ({ parts, doorFor }, use) => use(await doorFor(parts)),
})
