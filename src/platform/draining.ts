/** An HTTP server that can be stopped without cutting anybody off: answers say that their connection ends with them. */
import { createServer, type RequestListener, type Server, type ServerOptions, ServerResponse } from 'node:http'
import { setTimeout as rest } from 'node:timers/promises'

/** Where a proxy asks whether it may go on sending requests here: whether the database is there is another question. */
const readyPath = '/api/ready'
/** What is still being answered after that is cut off, in milliseconds. */
const patience = 10_000

/**
 * A server and how it is stopped: from then on it says that it is not ready, and goes on answering for `lingerMs`, in which
 * proxies notice. Then it takes no more connections, and resolves once every answer under way is given.
 */
export function drainingServer(
  options: ServerOptions,
  listener: RequestListener,
): { server: Server; drain(lingerMs?: number): Promise<void> } {
  let isDraining = false
  class Answer extends ServerResponse {
    // Every answer comes through here; Node writes "Connection: close" where a connection is not kept.
    override writeHead(...args: unknown[]): this {
      if (isDraining) this.shouldKeepAlive = false
      return Reflect.apply(super.writeHead, this, args)
    }
  }
  const server = createServer({ ...options, ServerResponse: Answer }, (request, response) => {
    if (request.url !== readyPath) return listener(request, response)
    response.writeHead(isDraining ? 503 : 200, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' })
    response.end(isDraining ? 'stopping\n' : 'ready\n')
  })
  const drain = async (lingerMs = 0): Promise<void> => {
    isDraining = true
    await rest(lingerMs)
    // Those that send nothing would otherwise be waited for.
    const idle = setInterval(() => server.closeIdleConnections(), 100)
    const hard = setTimeout(() => server.closeAllConnections(), patience)
    return new Promise((done) => {
      server.close(() => {
        clearInterval(idle)
        clearTimeout(hard)
        done()
      })
    })
  }
  return { server, drain }
}
