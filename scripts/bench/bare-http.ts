/** What the accepting call is compared with: `node:http`, the body read as JSON, one prepared INSERT, the answer. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import postgres from 'postgres'
import { answerQuestions } from './child.ts'

const sql = postgres(process.env.DATABASE_URL ?? '', { max: Number(process.env.BENCH_POOL ?? 10) })
const organization = randomUUID()

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => resolve(body))
    request.on('error', reject)
  })
}

const server = createServer(async (request, response) => {
  const { channel, scenario, to, variables } = JSON.parse(await bodyOf(request))
  const id = randomUUID()
  const at = new Date().toISOString()
  await sql`
    insert into bench_message (id, organization_id, kind, channel, scenario, recipient, status, variables, created_at, updated_at)
    values (${id}, ${organization}, 'live', ${channel}, ${scenario}, ${to}, 'queued', ${JSON.stringify(variables)}::text::jsonb, ${at}, ${at})`
  const answer = JSON.stringify({ id, status: 'queued', channel, scenario, to, created_at: at })
  response.writeHead(202, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) })
  response.end(answer)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  answerQuestions({}, { port: typeof address === 'object' ? address?.port : undefined })
})
