/**
 * Tencent Cloud's API for specs: a server on a free port that checks every signature as the real one does, answers each action
 * as its script says, and keeps what it was asked.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

type Params = Record<string, unknown>
/** What `Response` is; `drop`: hangs up after the request. `hang`: never answers. */
export type ServiceAnswer = { status?: number; body: object } | 'drop' | 'hang' | ((params: Params) => object)
export type ServiceCall = { action: string; params: Params; headers: IncomingMessage['headers'] }
export type TencentService = {
  url: string
  /** By action; may be changed at any time. An action without one does what it was asked. */
  script: Record<string, ServiceAnswer>
  calls: ServiceCall[]
  /** How many sends were carried out. */
  sent: number
  close(): Promise<void>
}

export const account = {
  secretId: 'AKIDPlantedSecretIdOfTheSpecs3Kqw',
  secretKey: 'PlantedKey0123456789abcdefghijkl',
  sdkAppId: '1400006666',
  region: 'ap-guangzhou',
}
export const serial = '5000:1045710669157053657849499619'

/** A whole call that is refused. */
export const refusal = (Code: string, Message = 'refused'): ServiceAnswer => ({
  body: { Error: { Code, Message }, RequestId: randomUUID() },
})
/** A call that is carried out, and refuses the one number. */
export const numberRefusal = (Code: string, Message = 'refused'): ServiceAnswer => ({
  body: { SendStatusSet: [{ SerialNo: '', Fee: 0, SessionContext: '', Code, Message, IsoCode: 'CN' }], RequestId: 'r' },
})

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const hash = (text: string) => createHash('sha256').update(text).digest('hex')

/** The client signs the host without its port. */
function signatureOf({ url, headers }: IncomingMessage, body: string, scope: string): string {
  const host = (headers.host ?? '').replace(/:\d+$/, '')
  const canonical = `POST\n${url}\n\ncontent-type:${headers['content-type']}\nhost:${host}\n\ncontent-type;host\n${hash(body)}`
  const [date = '', service = ''] = scope.split('/')
  const text = `TC3-HMAC-SHA256\n${headers['x-tc-timestamp']}\n${scope}\n${hash(canonical)}`
  const key = hmac(hmac(hmac(`TC3${account.secretKey}`, date), service), 'tc3_request')
  return createHmac('sha256', key).update(text).digest('hex')
}

const form =
  /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d\/\w+\/tc3_request), SignedHeaders=content-type;host, Signature=(\w+)$/

function gatewayRefusal(request: IncomingMessage, body: string): ServiceAnswer | undefined {
  const [, id = '', scope = '', signature = ''] = form.exec(request.headers.authorization ?? '') ?? []
  if (id !== account.secretId) return refusal('AuthFailure.SecretIdNotFound', `The SecretId ${id} is not found.`)
  if (signatureOf(request, body, scope) === signature) return undefined
  return refusal('AuthFailure.SignatureFailure', 'The provided credentials could not be validated.')
}

const done: Record<string, (params: Params) => object> = {
  SendSms: ({ PhoneNumberSet, SessionContext }) => ({
    SendStatusSet: (PhoneNumberSet as string[]).map((PhoneNumber) => ({
      ...{ SerialNo: serial, PhoneNumber, Fee: 1, SessionContext, Code: 'Ok', Message: 'send success', IsoCode: 'CN' },
    })),
  }),
  DescribeSmsSignList: () => ({ DescribeSignListStatusSet: [] }),
  DescribeSmsTemplateList: () => ({ DescribeTemplateStatusSet: [] }),
  SendStatusStatistics: () => ({ SendStatusStatistics: { FeeCount: 0, RequestCount: 0, RequestSuccessCount: 0 } }),
  PullSmsSendStatusByPhoneNumber: () => ({ PullSmsSendStatusSet: [] }),
  DescribeSendRecordList: () => ({ TotalCount: 0, SendRecordSet: [] }),
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  return body
}

function write(response: ServerResponse, socket: Socket, answer: ServiceAnswer): void {
  if (answer === 'hang' || typeof answer === 'function') return
  if (answer === 'drop') return void socket.destroy()
  const text = JSON.stringify({ Response: answer.body })
  response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(text)
}

export async function startTencent(): Promise<TencentService> {
  const sockets = new Set<Socket>()
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const action = String(request.headers['x-tc-action'])
    const params = JSON.parse(body) as Params
    service.calls.push({ action, params, headers: request.headers })
    const refused = gatewayRefusal(request, body)
    const scripted = service.script[action]
    if (!refused && !scripted && action === 'SendSms') service.sent++
    const made = typeof scripted === 'function' ? scripted(params) : done[action]?.(params)
    const own = typeof scripted === 'object' || typeof scripted === 'string' ? scripted : undefined
    write(response, request.socket, refused ?? own ?? { body: { ...made, RequestId: randomUUID() } })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const service: TencentService = {
    ...{ url: '', script: {}, calls: [], sent: 0 },
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
