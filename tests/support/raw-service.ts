/** An HTTP service for specs that answers byte by byte what it is told to, whether that is HTTP or not. */
import { createServer, type Socket } from 'node:net'

export type RawService = {
  url: string
  /** What is done with the line once a whole request is there. */
  answer: (line: Socket) => void
  /** How many requests came. */
  asked: number
  close(): Promise<void>
}

/** The length of a request that is whole, or undefined. */
function lengthOf(received: Buffer): number | undefined {
  const head = received.indexOf('\r\n\r\n')
  if (head === -1) return undefined
  const body = /^content-length: *(\d+)\r?$/im.exec(received.subarray(0, head + 2).toString('latin1'))?.[1]
  const length = head + 4 + Number(body ?? 0)
  return received.length >= length ? length : undefined
}

export async function startRaw(): Promise<RawService> {
  const lines = new Set<Socket>()
  const server = createServer((line) => {
    lines.add(line)
    line.on('error', () => line.destroy())
    line.on('close', () => lines.delete(line))
    let received = Buffer.alloc(0)
    line.on('data', (piece) => {
      received = Buffer.concat([received, piece])
      const length = lengthOf(received)
      if (length === undefined) return
      received = received.subarray(length)
      service.asked++
      service.answer(line)
    })
  })
  const service: RawService = {
    url: '',
    asked: 0,
    answer: (line) => line.destroy(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const line of lines) line.destroy()
      }),
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  service.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return service
}
