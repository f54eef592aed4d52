/**
 * Alibaba Cloud's RPC services for specs: a server on a free port that checks every signature as the real one does, answers
 * each action as its script says, and keeps what it was asked.
 */
import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** `drop`: hangs up after the request. `hang`: never answers. `stall`: half an answer. */
export type ServiceAnswer =
  | { status?: number; body: object | string; after?: number }
  | 'drop'
  | 'hang'
  | 'stall'
  | ((params: Record<string, string>) => object)
export type ServiceCall = { method: string; path: string; params: Record<string, string> }
export type AliyunService = {
  url: string
  /** By action; may be changed at any time. An action without one answers OK. */
  script: Record<string, ServiceAnswer>
  calls: ServiceCall[]
  /** How many sends were carried out. */
  sent: number
  connections: number
  /** Ends the lines that are open, as a service does with idle ones. */
  endLines(): void
  close(): Promise<void>
}

export const key = { accessKeyId: 'LTAI5tPlantedKeyId34Kq', accessKeySecret: 'PlantedSecret0123456789abcdefg' }

const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

function stringToSign(method: string, params: Record<string, string>): string {
  const canonical = Object.keys(params)
    .filter((name) => name !== 'Signature')
    .sort()
    .map((name) => `${encoded(name)}=${encoded(params[name] ?? '')}`)
    .join('&')
  return `${method}&%2F&${encoded(canonical)}`
}

/** Neither a plus nor anything else but percent means something. */
const decoded = (form: string): Record<string, string> =>
  Object.fromEntries(
    form
      .split('&')
      .filter(Boolean)
      .map((pair) => pair.split('=').map(decodeURIComponent) as [string, string]),
  )

export const refusal = (Code: string, Message = 'refused', status = 200): ServiceAnswer => ({
  status,
  body: { Code, Message, RequestId: randomUUID().toUpperCase() },
})

const sends: Record<string, object> = {
  SendSms: { BizId: '512304768812345678^0' },
  SingleCallByTts: { CallId: '116000000001^102000000001' },
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  return body
}

function gatewayRefusal(method: string, params: Record<string, string>): ServiceAnswer | undefined {
  if (params.AccessKeyId !== key.accessKeyId) {
    return refusal('InvalidAccessKeyId.NotFound', `Specified access key ${params.AccessKeyId} is not found.`, 404)
  }
  const signed = stringToSign(method, params)
  const signature = createHmac('sha1', `${key.accessKeySecret}&`).update(signed).digest('base64')
  if (signature === params.Signature) return undefined
  return refusal(
    'SignatureDoesNotMatch',
    `Specified signature is not matched with our calculation. server string to sign is:${signed}`,
    400,
  )
}

function write(response: ServerResponse, socket: Socket, answer: ServiceAnswer): void {
  if (answer === 'hang') return
  if (answer === 'drop') return void socket.destroy()
  if (answer === 'stall') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    return void response.write('{"Code":"OK",')
  }
  if (typeof answer === 'function') return
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
  const send = () => response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(text)
  if (answer.after) setTimeout(send, answer.after).unref()
  else send()
}

export async function startAliyun(): Promise<AliyunService> {
  const sockets = new Set<Socket>()
  const server = createServer(async (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?')
    const params = { ...decoded(query), ...decoded(await bodyOf(request)) }
    const action = params.Action ?? ''
    service.calls.push({ method: request.method ?? '', path, params })
    const scripted = service.script[action]
    const refused = gatewayRefusal(request.method ?? '', params)
    const done = { Code: 'OK', Message: 'OK', RequestId: randomUUID().toUpperCase(), ...sends[action] }
    const answer =
      refused ?? (typeof scripted === 'function' ? { body: scripted(params) } : (scripted ?? { body: done }))
    if (answer !== refused && !scripted && sends[action]) service.sent++
    write(response, request.socket, answer)
  })
  server.on('connection', (socket) => {
    service.connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const service: AliyunService = {
    url: '',
    script: {},
    calls: [],
    sent: 0,
    connections: 0,
    endLines() {
      for (const socket of sockets) socket.end()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return service
}
