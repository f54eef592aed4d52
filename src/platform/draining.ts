/** An HTTP server that can be stopped without cutting anybody off: answers say that their connection ends with them. */
import { createServer, type RequestListener, type Server, type ServerOptions, ServerResponse } from 'node:http'

/** What is still being answered after that is cut off, in milliseconds. */
const patience = 10_000

/** A server and how it is stopped: it takes no more connections, and resolves once every answer under way is given. */
export function drainingServer(
  options: ServerOptions,
  listener: RequestListener,
): { server: Server; drain(): Promise<void> } {
  let isDraining = false
  class Answer extends ServerResponse {
    // Every answer comes through here; Node writes "Connection: close" where a connection is not kept.
    override writeHead(...args: unknown[]): this {
      if (isDraining) this.shouldKeepAlive = false
      return Reflect.apply(super.writeHead, this, args)
    }
  }
  const server = createServer({ ...options, ServerResponse: Answer }, listener)
  const drain = (): Promise<void> => {
    isDraining = true
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
