/**
 * The SMS service of the measurements: says OK to every SMS at once, checks and keeps nothing, and notes when each arrived.
 * As little work as an HTTP server can do, so that the side that sends is what is measured. (The simulator checks signatures,
 * limits and texts as the real service does, which takes more of the machine than sending.)
 */
import { createServer, type Socket } from 'node:net'
import { Arrivals } from './arrivals.ts'
import { answerQuestions } from './child.ts'
import { signature, templateCode, templateText } from './short-message.ts'

const arrivals = new Arrivals()
let open = 0
let mostOpen = 0

const approved = { AuditStatus: 'AUDIT_STATE_PASS' }
/** What the check of an account and the saving of a template ask for. */
const answers: Record<string, object> = {
  QuerySmsSignList: { TotalCount: 1, SmsSignList: [{ SignName: signature, ...approved }] },
  GetSmsSign: { SignName: signature, SignIspRegisterDetailList: [] },
  QuerySmsTemplateList: {
    TotalCount: 1,
    SmsTemplateList: [
      {
        TemplateCode: templateCode,
        TemplateName: 'Code',
        TemplateContent: templateText,
        OuterTemplateType: 0,
        ...approved,
      },
    ],
  },
}

function reply(answer: object): string {
  const body = JSON.stringify({
    Code: 'OK',
    Message: 'OK',
    RequestId: 'B7E2B1F0-0000-4000-8000-000000000000',
    ...answer,
  })
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json;charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}`
  return `${head}\r\n\r\n${body}`
}

const unknown = 'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n'
/** An SMS has an id of its own, as long as any other. */
const [beforeId = '', afterId = ''] = reply({ BizId: `${'#'.repeat(18)}^0` }).split('#'.repeat(18))
let taken = 0

function answerTo(body: string): string {
  const action = parameter(body, 'Action')
  if (action !== 'SendSms') return answers[action] ? reply(answers[action]) : unknown
  arrivals.note(parameter(body, 'PhoneNumbers'))
  taken += 1
  return `${beforeId}9${String(taken).padStart(17, '0')}${afterId}`
}

const parameter = (body: string, name: string): string => new RegExp(`(?:^|&)${name}=([^&]*)`).exec(body)?.[1] ?? ''

function serve(socket: Socket): void {
  let unread = ''
  open += 1
  mostOpen = Math.max(mostOpen, open)
  socket.setNoDelay(true)
  socket.setEncoding('latin1')
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    open -= 1
  })
  socket.on('data', (chunk: string) => {
    unread += chunk
    for (;;) {
      const headEnd = unread.indexOf('\r\n\r\n')
      if (headEnd === -1) return
      const length = Number(/content-length: *(\d+)/i.exec(unread.slice(0, headEnd))?.[1] ?? 0)
      const bodyEnd = headEnd + 4 + length
      if (unread.length < bodyEnd) return
      const body = unread.slice(headEnd + 4, bodyEnd)
      unread = unread.slice(bodyEnd)
      socket.write(answerTo(body))
    }
  })
}

const server = createServer(serve)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const questions = {
    ...arrivals.questions,
    /** The most connections at the same time since it was asked last. */
    connections: () => {
      const most = mostOpen
      mostOpen = open
      return most
    },
  }
  answerQuestions(questions, { port: typeof address === 'object' ? address?.port : undefined })
})
