/** Bodies of requests to pages, which read none but of a form, and the rest of a body that nobody reads any more. */
import type { IncomingMessage, ServerResponse } from 'node:http'

const mostOfPage = 64 * 1024

/** Answers a request to a page whose body is too large, or says nothing of its size. @returns whether it did */
export function refuseBody({ headers }: IncomingMessage, response: ServerResponse): boolean {
  const isTooLarge = Number(headers['content-length'] ?? 0) > mostOfPage
  if (!isTooLarge && headers['transfer-encoding'] === undefined) return false
  const [status, words] = isTooLarge ? [413, 'The body is too large.'] : [411, 'A body needs a Content-Length.']
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${words}\n`)
  return true
}

/**
 * Reads and drops what a request goes on to send after its answer: a connection that is closed over unread bytes is reset,
 * and the caller would lose the answer with it. Node does so only for a body that nobody has begun to read. The time for it
 * ends with the server's `requestTimeout`.
 */
export function dropRest(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    if (request.readableEnded) return
    request.removeAllListeners('data')
    request.resume()
  })
}
