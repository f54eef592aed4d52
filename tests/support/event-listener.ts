/** A developer's server for WeChat: keeps what came, answers as it is told, and reads what is encrypted. */
import { createDecipheriv, createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type ServerRequest = { method: string; query: Record<string, string>; body: string; type: string; at: number }

/** `silent` never answers. */
export type ServerAnswer = { status: number; body: string } | 'silent'

export type EventListener = {
  url: string
  requests: ServerRequest[]
  /** Answers to the next requests; after them each is answered with `success`, or with its echostr. */
  answers: ServerAnswer[]
  close(): Promise<void>
}

export async function startEventListener(port = 0): Promise<EventListener> {
  const requests: ServerRequest[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const query = Object.fromEntries(searchParams)
    requests.push({
      method: request.method ?? '',
      query,
      body: Buffer.concat(chunks).toString('utf8'),
      type: request.headers['content-type'] ?? '',
      at: Date.now(),
    })
    const answer = listener.answers.shift() ?? { status: 200, body: query.echostr ?? 'success' }
    if (answer !== 'silent') response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(answer.body)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const listener: EventListener = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/receipts/unguessable`,
    requests,
    answers: [],
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
  return listener
}

/** What a signature must be, by the documentation. */
export const signed = (...parts: string[]): string =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')

/** The text of one element, without the brackets of CDATA. */
export const elementOf = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([\\s\\S]*?)(?:\\]\\]>)?</${name}>`).exec(xml)?.[1]

/** By the documentation: 16 random bytes, the length, the text, the AppID, and padding up to a multiple of 32. */
export function decrypted(sealed: string, aesKey: string): { text: string; appId: string } {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()])
  const padding = padded.at(-1) ?? 0
  if (padded.length % 32 !== 0 || !padded.subarray(-padding).every((byte) => byte === padding)) {
    throw new Error('The padding is wrong.')
  }
  const plain = padded.subarray(0, -padding)
  const end = 20 + plain.readUInt32BE(16)
  return { text: plain.toString('utf8', 20, end), appId: plain.toString('utf8', end) }
}
