/**
 * The mail server of the measurements: takes every mail at once, keeps none, and notes when each one's last line arrived.
 * As little work as an SMTP server can do, so that the side that sends is what is measured.
 */
import { createServer, type Socket } from 'node:net'
import { Arrivals } from './arrivals.ts'
import { answerQuestions } from './child.ts'

const arrivals = new Arrivals()

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
        socket.write(`250 queued as ${arrivals.note(to)}\r\n`)
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
  answerQuestions(arrivals.questions, { port: typeof address === 'object' ? address?.port : undefined })
})
