/** A server that takes pushed receipts, answers them as it is told, and keeps what came. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Push = { items: Record<string, unknown>[]; contentType: string; at: number }

export type ReceiptListener = {
  url: string
  pushes: Push[]
  /** Every receipt that came, in order, whether it was taken or not. */
  readonly items: Record<string, unknown>[]
  /** Answers to the next pushes; after them each is taken. */
  answers: { status: number; body: string }[]
  close(): Promise<void>
}

const taken = { status: 200, body: '{"code":0,"msg":"ok"}' }

export async function startReceiptListener(): Promise<ReceiptListener> {
  const pushes: Push[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const items = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Push['items']
    pushes.push({ items, contentType: request.headers['content-type'] ?? '', at: Date.now() })
    const { status, body } = listener.answers.shift() ?? taken
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const listener: ReceiptListener = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/receipts/unguessable`,
    pushes,
    get items() {
      return pushes.flatMap(({ items }) => items)
    },
    answers: [],
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
  return listener
}
