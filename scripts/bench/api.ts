/** The HTTP API alone in a process, served as the web process serves it: without Next, which has no part in its calls. */
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { compose } from '#platform/compose.ts'
import { readEnv } from '#platform/env.ts'
import { openLog } from '#platform/log.ts'
import { v1 } from '../../src/api/v1/app.ts'
import { frontDoor } from '../../src/server.ts'
import { answerQuestions } from './child.ts'

const env = readEnv(process.env)
const parts = await compose(env, openLog('web', env.logLevel), { name: 'signet-web' })
const noPages = () => {
  throw new Error('There are no pages in this process.')
}
const api = getRequestListener(v1(parts).fetch, { autoCleanupIncoming: false })
const server = createServer(frontDoor(env, { api, console: noPages, pages: noPages }))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  answerQuestions({}, { port: typeof address === 'object' ? address?.port : undefined })
})
