/**
 * Twilio's API for specs that need exact answers: a server on a free port that checks who calls, answers each request as its
 * script says, and keeps what it was asked.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** `drop`: hangs up after the request. `hang`: never answers. `stall`: half an answer. */
export type TwilioAnswer = { status?: number; body: object | string } | 'drop' | 'hang' | 'stall'
type Name = 'account' | 'create' | 'message' | 'messages' | 'numbers' | 'codes' | 'service'
export type TwilioCall = {
  name: Name | undefined
  path: string
  query: URLSearchParams
  form: URLSearchParams
  caller: string
}

export type TwilioService = {
  url: string
  /** May be changed at any time. What has none is answered well. */
  script: Partial<Record<Name, TwilioAnswer>>
  calls: TwilioCall[]
  /** How many messages were taken. */
  sent: number
  asked(name: Name): TwilioCall[]
  close(): Promise<void>
}

const accountSid = 'AC5160e700d3a100015160e700d3a10001'
export const account = { accountSid, authToken: '0123456789abcdef0123456789planted', from: '+15005550006' }
export const apiKey = {
  apiKeySid: 'SK5160e700d3a100015160e700d3a10002',
  apiKeySecret: 'PlantedSecretOfTheApiKey012345',
}
export const messageSid = 'SM5160e700d3a100015160e700d3a10003'
export const serviceSid = 'MG5160e700d3a100015160e700d3a10004'

export const refusal = (code: number, message = 'refused', status = 400): TwilioAnswer => ({
  ...{ status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } },
})

/** A record of a message as Twilio writes it. */
export const record = (given: object = {}) => ({
  ...{ sid: messageSid, account_sid: accountSid, status: 'queued', num_segments: '1', direction: 'outbound-api' },
  ...{ error_code: null, error_message: null, price: null, date_sent: null },
  ...{ date_created: new Date().toUTCString().replace('GMT', '+0000'), date_updated: null },
  ...given,
})

const root = `/2010-04-01/Accounts/${accountSid}`
const names: [method: string, path: RegExp, name: Name][] = [
  ['GET', new RegExp(`^${root}\\.json$`), 'account'],
  ['POST', new RegExp(`^${root}/Messages\\.json$`), 'create'],
  ['GET', new RegExp(`^${root}/Messages/SM[0-9a-f]{32}\\.json$`), 'message'],
  ['GET', new RegExp(`^${root}/Messages\\.json$`), 'messages'],
  ['GET', new RegExp(`^${root}/IncomingPhoneNumbers\\.json$`), 'numbers'],
  ['GET', new RegExp(`^${root}/SMS/ShortCodes\\.json$`), 'codes'],
  ['GET', /^\/v1\/Services\/MG[0-9a-f]{32}$/, 'service'],
]

const usual: Record<Name, TwilioAnswer> = {
  account: { body: { sid: accountSid, status: 'active', type: 'Full' } },
  create: { status: 201, body: record() },
  message: { body: record({ status: 'delivered' }) },
  messages: { body: { messages: [], next_page_uri: null } },
  numbers: { body: { incoming_phone_numbers: [{ sid: 'PN1', phone_number: account.from }] } },
  codes: { body: { short_codes: [{ sid: 'SC1' }] } },
  service: { body: { sid: serviceSid } },
}

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
const callers: Record<string, string> = {
  [basic(account.accountSid, account.authToken)]: account.accountSid,
  [basic(apiKey.apiKeySid, apiKey.apiKeySecret)]: apiKey.apiKeySid,
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  return body
}

function write(response: ServerResponse, socket: Socket, answer: TwilioAnswer): void {
  if (answer === 'hang') return
  if (answer === 'drop') return void socket.destroy()
  if (answer === 'stall') {
    response.writeHead(201, { 'content-type': 'application/json', 'content-length': '1000' })
    return void response.write('{"sid":"SM')
  }
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
  response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(text)
}

export async function startTwilio(): Promise<TwilioService> {
  const sockets = new Set<Socket>()
  const http = createServer(async (request, response) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '', 'http://localhost')
    const name = names.find(([method, form]) => method === request.method && form.test(path))?.[2]
    const caller = callers[request.headers.authorization ?? ''] ?? ''
    service.calls.push({ name, path, query, form: new URLSearchParams(await bodyOf(request)), caller })
    const refused = !caller
      ? refusal(20003, `Authenticate: ${request.headers.authorization}`, 401)
      : name
        ? undefined
        : refusal(20404, `The requested resource ${path} was not found`, 404)
    const scripted = name && service.script[name]
    if (!refused && !scripted && name === 'create') service.sent++
    write(response, request.socket, refused ?? scripted ?? (name ? usual[name] : 'drop'))
  })
  http.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const service: TwilioService = {
    ...{ url: '', script: {}, calls: [], sent: 0 },
    asked: (name) => service.calls.filter((call) => call.name === name),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', () => resolve()))
  service.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  return service
}
