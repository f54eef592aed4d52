/**
 * The load of the HTTP measurements, from a process of its own. Requests are written to kept sockets as bytes and answers
 * are read just far enough, because a complete client takes as much processor time as the server it should measure.
 */
import { connect } from 'node:net'
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
type Line = { send(request: string): Promise<Answer>; close(): void }

function openLine(port: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let unread = ''
    let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined
    socket.setEncoding('latin1')
    socket.on('error', reject)
    socket.on('close', () => waiting?.reject(new Error('The server closed a connection.')))
    socket.on('data', (chunk: string) => {
      unread += chunk
      const headEnd = unread.indexOf('\r\n\r\n')
      if (headEnd === -1) return
      const head = unread.slice(0, headEnd)
      const length = /content-length: *(\d+)/i.exec(head)?.[1]
      const bodyEnd = length === undefined ? unread.indexOf('\r\n0\r\n\r\n') + 7 : headEnd + 4 + Number(length)
      if (length === undefined ? bodyEnd === 6 : unread.length < bodyEnd) return
      const answer = { status: Number(head.slice(9, 12)), body: unread.slice(headEnd + 4, bodyEnd) }
      unread = unread.slice(bodyEnd)
      const asked = waiting
      waiting = undefined
      asked?.resolve(answer)
    })
    const send = (request: string) =>
      new Promise<Answer>((answered, failed) => {
        waiting = { resolve: answered, reject: failed }
        socket.write(request, 'latin1')
      })
    socket.on('connect', () => resolve({ send, close: () => socket.destroy() }))
  })
}

let number = 0

async function run(load: Load): Promise<Loaded> {
  const lines = await Promise.all(Array.from({ length: load.connections }, () => openLine(load.port)))
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
  if (load.rate === undefined) await Promise.all(lines.map(saturate))
  else await keepPace(lines, load.rate, until, one)
  const seconds = (performance.now() - began) / 1000
  for (const line of lines) line.close()
  return { requests: latencies.length, seconds, latencies, bodies }
}

/** Sends at an even pace whatever the answers do; a request that finds no free connection waits, and its wait counts. */
async function keepPace(
  lines: Line[],
  rate: number,
  until: number,
  one: (line: Line, since: number) => Promise<void>,
): Promise<void> {
  const idle = [...lines]
  const due: number[] = []
  const under: Promise<void>[] = []
  const dispatch = () => {
    for (let line = idle.pop(); line; line = idle.pop()) {
      const since = due.shift()
      if (since === undefined) return void idle.push(line)
      const taken = line
      const done = one(taken, since).then(() => {
        idle.push(taken)
        dispatch()
      })
      // A failure is told at the end, when all that are under way have been waited for.
      done.catch(() => due.splice(0))
      under.push(done)
    }
  }
  const gap = 1000 / rate
  for (let next = performance.now(); next < until; next += gap) {
    const wait = next - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    due.push(performance.now())
    dispatch()
  }
  while (due.length > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await Promise.all(under)
}

answerQuestions({ run })
