/**
 * WeChat's API for specs that need exact answers: a server on a free port that lends tokens for the right AppSecret, answers
 * each call as its script says, and keeps what it was asked.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** `drop`: hangs up after the request. `hang`: never answers. `stall`: half an answer. */
export type WechatAnswer = { status?: number; body: object | string } | 'drop' | 'hang' | 'stall'
export type WechatCall = {
  method: string
  path: string
  token: string | null
  body: Record<string, unknown>
  raw: string
}
type Name = 'token' | 'templates' | 'send'

export type WechatServer = {
  url: string
  /** May be changed at any time. What has none is answered well. */
  script: Partial<Record<Name, WechatAnswer | (() => WechatAnswer | undefined)>>
  calls: WechatCall[]
  /** The token that is good. */
  token: string
  /** What is listed. */
  templates: unknown[]
  /** How many cards were taken. */
  sent: number
  asked(name: Name): WechatCall[]
  close(): Promise<void>
}

export const account = { appId: 'wx0123456789abcdef', appSecret: '0123456789abcdef0123456789abcdef' }

const paths: Record<string, Name> = {
  '/cgi-bin/stable_token': 'token',
  '/cgi-bin/template/get_all_private_template': 'templates',
  '/cgi-bin/message/template/send': 'send',
}

export const refused = (errcode: number, errmsg = 'refused'): WechatAnswer => ({
  body: { errcode, errmsg: `${errmsg} rid: 69776ae0-4410b7fb-0379b28e` },
})

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  return body
}

function lend(server: WechatServer, { body }: WechatCall): WechatAnswer {
  if (body.appid !== account.appId) return refused(40013, 'invalid appid')
  if (body.secret !== account.appSecret) return refused(40125, 'invalid appsecret,')
  return { body: { access_token: server.token, expires_in: 7200 } }
}

function usual(server: WechatServer, name: Name | undefined, call: WechatCall): WechatAnswer {
  if (name === 'token') return lend(server, call)
  if (call.token !== server.token) return refused(40001, 'invalid credential, access_token is invalid or not latest')
  if (name === 'templates') return { body: { template_list: server.templates } }
  if (name !== 'send') return { status: 404, body: '' }
  server.sent++
  return { body: '{"errcode":0,"errmsg":"ok","msgid":3123456789012345678}' }
}

function write(response: ServerResponse, socket: Socket, answer: WechatAnswer): void {
  if (answer === 'hang') return
  if (answer === 'drop') return void socket.destroy()
  if (answer === 'stall') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    return void response.write('{"errcode":0,')
  }
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
  response.writeHead(answer.status ?? 200, { 'content-type': 'application/json; encoding=utf-8' }).end(text)
}

export async function startWechat(): Promise<WechatServer> {
  const sockets = new Set<Socket>()
  const http = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    const raw = await bodyOf(request)
    const token = searchParams.get('access_token')
    const call = { method: request.method ?? '', path: pathname, token, raw, body: raw ? JSON.parse(raw) : {} }
    server.calls.push(call)
    const name = paths[pathname]
    const scripted = name && server.script[name]
    const answer = typeof scripted === 'function' ? scripted() : scripted
    write(response, request.socket, answer ?? usual(server, name, call))
  })
  http.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const server: WechatServer = {
    url: '',
    script: {},
    calls: [],
    token: 'planted-token-1',
    templates: [],
    sent: 0,
    asked: (name) => server.calls.filter(({ path }) => paths[path] === name),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', () => resolve()))
  server.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  return server
}
