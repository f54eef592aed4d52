/**
 * The mail server of the measurements: takes every mail at once, keeps none, and notes when each one's last line arrived.
 * As little work as an SMTP server can do, so that the side that sends is what is measured.
 */
import { createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { answerQuestions } from './child.ts'

type Arrival = { to: string; at: number }

let arrivals: Arrival[] = []
const waiting: { count: number; resolve(at: number): void }[] = []
const now = () => performance.timeOrigin + performance.now()

function note(to: string): void {
  const at = now()
  arrivals.push({ to, at })
  for (let next = waiting[0]; next && next.count <= arrivals.length; next = waiting[0]) {
    waiting.shift()
    next.resolve(at)
  }
}

const replies: Record<string, string> = {
  EHLO: '250-sink\r\n250-SIZE 20000000\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN\r\n',
  HELO: '250 sink\r\n',
  AUTH: '235 welcome\r\n',
  MAIL: '250 ok\r\n',
  RCPT: '250 ok\r\n',
  DATA: '354 go ahead\r\n',
  RSET: '250 ok\r\n',
  NOOP: '250 ok\r\n',
  QUIT: '221 bye\r\n',
}
const end = '\r\n.\r\n'

function serve(socket: Socket): void {
  let unread = ''
  let inData = false
  let to = ''
  socket.setNoDelay(true)
  socket.setEncoding('latin1')
  socket.on('error', () => socket.destroy())

  function readLine(line: string): void {
    const command = line.slice(0, 4).toUpperCase()
    if (command === 'RCPT') to = line.slice(line.indexOf('<') + 1, line.indexOf('>'))
    inData = command === 'DATA'
    socket.write(replies[command] ?? '502 no such command\r\n')
    if (command === 'QUIT') socket.end()
  }

  socket.on('data', (chunk: string) => {
    unread += chunk
    for (;;) {
      const mark = inData ? end : '\r\n'
      const at = unread.indexOf(mark)
      if (at === -1) break
      const line = inData ? '' : unread.slice(0, at)
      unread = unread.slice(at + mark.length)
      if (inData) {
        inData = false
        note(to)
        socket.write(`250 queued as ${arrivals.length}\r\n`)
      } else readLine(line)
    }
    // Of a mail only what may be the beginning of its end is kept.
    if (inData) unread = unread.slice(-end.length)
  })
  socket.write('220 sink\r\n')
}

const server = createServer(serve)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  answerQuestions(
    {
      forget: () => {
        arrivals = []
      },
      /** Resolves with the moment at which the mail of that number arrived. */
      arrival: (count: number) => {
        const known = arrivals[count - 1]
        if (known) return known.at
        return new Promise<number>((resolve) => {
          waiting.push({ count, resolve })
          waiting.sort((a, b) => a.count - b.count)
        })
      },
      /** The first arrival of each of these recipients, once all of them have come or half a minute is over. */
      arrivalsOf: async (recipients: string[]) => {
        const first = new Map<string, number>()
        const until = now() + 30_000
        for (let read = 0; now() < until && recipients.some((to) => !first.has(to)); ) {
          for (const { to, at } of arrivals.slice(read)) if (!first.has(to)) first.set(to, at)
          read = arrivals.length
          await wait(20)
        }
        return [...first]
      },
    },
    { port: typeof address === 'object' ? address?.port : undefined },
  )
})
