/**
 * The load of the HTTP measurements, from a process of its own. Requests are written to kept sockets as bytes and answers
 * are read just far enough, because a complete client takes as much processor time as the server it should measure.
 */
import { connect, type Socket } from 'node:net'
import { answerQuestions } from './child.ts'

export type Load = {
  port: number
  connections: number
  seconds: number
  /** Requests per second; as many as the connections carry when not given. */
  rate?: number
  /** Everything of the request before its body; a body of this length is announced by us. */
  head: string
  /** The body; `#` stands for the number of the request. */
  body?: string
  /** The status that counts as an answer. */
  expect: number
  /** Gives back the answers' bodies. */
  keep?: boolean
}
export type Loaded = { requests: number; seconds: number; latencies: number[]; bodies: string[] }
type Answer = { status: number; body: string }

/** A request that is not answered for so long, in milliseconds, fails. */
const patience = 30_000

/** One request after the other over one connection, which is opened again when the server has closed it in a pause. */
class Line {
  readonly #port: number
  #socket: Socket | undefined
  #unread = ''
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined

  constructor(port: number) {
    this.#port = port
  }

  async send(request: string): Promise<Answer> {
    const socket = this.#socket ?? (await this.open())
    return new Promise<Answer>((resolve, reject) => {
      this.#waiting = { resolve, reject }
      socket.write(request, 'latin1')
    })
  }

  open(): Promise<Socket> {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
    socket.setEncoding('latin1')
    socket.setTimeout(patience, () => socket.destroy())
    socket.on('data', (chunk: string) => this.#read(chunk))
    return new Promise((resolve, reject) => {
      socket.on('error', reject)
      socket.on('close', () => {
        this.#socket = undefined
        this.#unread = ''
        this.#waiting?.reject(new Error('The server closed a connection, or left a request without an answer.'))
        this.#waiting = undefined
      })
      socket.on('connect', () => {
        this.#socket = socket
        resolve(socket)
      })
    })
  }

  close(): void {
    this.#socket?.destroy()
  }

  #read(chunk: string): void {
    this.#unread += chunk
    const headEnd = this.#unread.indexOf('\r\n\r\n')
    if (headEnd === -1) return
    const head = this.#unread.slice(0, headEnd)
    const length = /content-length: *(\d+)/i.exec(head)?.[1]
    const bodyEnd = length === undefined ? this.#unread.indexOf('\r\n0\r\n\r\n') + 7 : headEnd + 4 + Number(length)
    if (length === undefined ? bodyEnd === 6 : this.#unread.length < bodyEnd) return
    const answer = { status: Number(head.slice(9, 12)), body: this.#unread.slice(headEnd + 4, bodyEnd) }
    this.#unread = this.#unread.slice(bodyEnd)
    const asked = this.#waiting
    this.#waiting = undefined
    asked?.resolve(answer)
  }
}

let number = 0

async function run(load: Load): Promise<Loaded> {
  const lines = Array.from({ length: load.connections }, () => new Line(load.port))
  await Promise.all(lines.map((line) => line.open()))
  const latencies: number[] = []
  const bodies: string[] = []
  const began = performance.now()
  const until = began + load.seconds * 1000

  const one = async (line: Line, since: number) => {
    number += 1
    const body = load.body?.replace('#', String(number))
    const length = body === undefined ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`
    const answer = await line.send(`${load.head}${length}\r\n${body ?? ''}`)
    if (answer.status !== load.expect) throw new Error(`Answered ${answer.status}: ${answer.body.slice(0, 300)}`)
    latencies.push(performance.now() - since)
    if (load.keep) bodies.push(answer.body)
  }
  const saturate = async (line: Line) => {
    while (performance.now() < until) await one(line, performance.now())
  }
  try {
    if (load.rate === undefined) await Promise.all(lines.map(saturate))
    else await keepPace(lines, load.rate, until, one)
  } finally {
    for (const line of lines) line.close()
  }
  const seconds = (performance.now() - began) / 1000
  return { requests: latencies.length, seconds, latencies, bodies }
}

/**
 * Sends at an even pace whatever the answers do; a request that finds no free connection waits, and its wait counts. The
 * connection that has rested longest is next: one that always rested would be closed by the server.
 */
async function keepPace(
  lines: readonly Line[],
  rate: number,
  until: number,
  one: (line: Line, since: number) => Promise<void>,
): Promise<void> {
  const idle = [...lines]
  const due: number[] = []
  const failures: unknown[] = []
  const under = new Set<Promise<void>>()
  const dispatch = () => {
    while (idle.length > 0 && due.length > 0) {
      const [line, since] = [idle.shift(), due.shift()]
      if (!line || since === undefined) return
      const done = one(line, since)
        .catch((error: unknown) => void failures.push(error))
        .then(() => {
          under.delete(done)
          idle.push(line)
          dispatch()
        })
      under.add(done)
    }
  }
  const gap = 1000 / rate
  for (let next = performance.now(); next < until && failures.length === 0; next += gap) {
    const wait = next - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    due.push(performance.now())
    dispatch()
  }
  while (under.size > 0 && failures.length === 0) await Promise.race(under)
  if (failures.length > 0) throw failures[0]
}

answerQuestions({ run })
