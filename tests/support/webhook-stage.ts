/** Endpoints of Apps, and a receiver that answers as told: what it was called with, its signature checked. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { asc, eq } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import type { z } from 'zod'
import { webhookDelivery, webhookEndpoint } from '#db/schema/index.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { AddEndpoint, addEndpoint } from '#domain/webhooks/endpoints.ts'
import { webhookEvents } from '#domain/webhooks/payload.ts'
import { teller } from '#domain/webhooks/telling.ts'
import { type Post, PostFailure, type PostFailureCode } from '#providers/posting.ts'
import type { Stage } from './make.ts'

type Heard = {
  body: string
  url: string
  id: string
  headers: Record<string, string>
  type: string
  timestamp: string
  data: Record<string, unknown>
}
type Answer = { status: number; retryAfter?: number; text?: string }

export type Listener = {
  heard: Heard[]
  /** May be changed at any time. */
  answer: (call: Heard) => Answer | PostFailure | Promise<Answer | PostFailure>
  post: Post
}

/** In place of the network: what was posted to each address, and how that is answered. */
export function listener(): Listener {
  const line: Listener = {
    heard: [],
    answer: () => ({ status: 200, text: 'ok' }),
    async post({ url, headers, body }) {
      const call: Heard = { url, headers, body, id: headers['webhook-id'] ?? '', ...JSON.parse(body) }
      line.heard.push(call)
      const answer = await line.answer(call)
      if (answer instanceof PostFailure) throw answer
      return { status: answer.status, retryAfter: answer.retryAfter, text: answer.text ?? '' }
    },
  }
  return line
}

/** An endpoint that is told everything, unless said otherwise. */
export async function endpoint(ctx: Ctx, appId: string, given: Partial<z.input<typeof AddEndpoint>> = {}) {
  const all = { url: 'https://hooks.example.com/signet', description: '', enabled: true, wholeRecipient: false }
  return addEndpoint(ctx, AddEndpoint.parse({ appId, events: [...webhookEvents], ...all, ...given }))
}

/** Tells what is due by the stage's clock, and waits until it is told. */
export async function tell(
  stage: Stage,
  { post }: Pick<Listener, 'post'>,
  telling = teller(stage.system, post, { cutOff: new AbortController().signal }),
) {
  stage.clock.forward({ seconds: 1 })
  await telling.tellDue()
  await telling.settled(20_000)
}

/** Whether the call is signed as its receiver expects it. @throws Error where it is not */
export const verified = (secret: string, body: string, headers: IncomingHttpHeaders | Record<string, string>) =>
  new Webhook(secret).verify(body, headers as Record<string, string>)

/** No endpoint of an earlier spec is told. */
export const endpointsOff = (stage: Stage) => stage.db.update(webhookEndpoint).set({ enabled: false })

export const rows = (stage: Stage, endpointId: string) =>
  stage.db
    .select()
    .from(webhookDelivery)
    .where(eq(webhookDelivery.endpointId, endpointId))
    .orderBy(asc(webhookDelivery.at), asc(webhookDelivery.sequence))
export const typesOf = async (stage: Stage, endpointId: string) =>
  (await rows(stage, endpointId)).map(({ type }) => type)
export const only = async (stage: Stage, endpointId: string) => {
  const [row] = await rows(stage, endpointId)
  if (!row) throw new Error('Nothing is to be told.')
  return row
}

/** An endpoint that was told of one message, and how that is answered. */
export async function told(stage: Stage, answer: { status: number; retryAfter?: number } | PostFailureCode) {
  const line = listener()
  line.answer = () => (typeof answer === 'string' ? new PostFailure(answer) : answer)
  const { owner, app: of, asApp } = await stage.ready()
  const { id } = await endpoint(owner, of.id)
  await stage.send(asApp)
  await stage.deliver()
  await tell(stage, line)
  return { line, owner, app: of, asApp, id, row: await only(stage, id) }
}

/** A real receiver on this machine. */
export async function receiver() {
  const calls: { headers: IncomingHttpHeaders; body: string; at: number }[] = []
  const state = { status: 200, headers: {} as Record<string, string>, text: 'ok' }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      calls.push({ headers: request.headers, body: Buffer.concat(chunks).toString(), at: Date.now() })
      response.writeHead(state.status, state.headers).end(state.text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}/hook`, calls, state, close }
}
