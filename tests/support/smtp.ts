/** A mail server for specs: real SMTP on a free port, which answers each step as its script says and keeps what it took. */
import type { AddressInfo, Socket } from 'node:net'
import { generate } from 'selfsigned'
import { SMTPServer } from 'smtp-server'

/** `times`: how often, before the step is accepted again. */
export type Answer = { code: number; text: string; times?: number } | 'drop' | 'hang'
/** How a step is answered instead of being accepted. `content: 'drop'` hangs up after the final dot. */
export type Script = {
  greeting?: Answer
  login?: Answer
  sender?: Answer
  recipient?: Answer
  content?: Answer | 'drop_midway'
}

export type Certificate = { key: string; cert: string }
export type TakenMail = { from: string; to: string[]; raw: Buffer; encrypted: boolean; user: string | undefined }
export type MailServer = {
  port: number
  /** May be changed at any time. */
  script: Script
  mails: TakenMail[]
  /** How many connections there have been. */
  connections: number
  logins: number
  /** How many steps have been left without an answer. */
  hung: number
  /** How many connections are open. */
  readonly open: number
  /** Ends the connections that are open, as a server does with idle ones. */
  endConnections(how?: 'end' | 'destroy'): void
  close(): Promise<void>
}

type Options = {
  encryption?: 'none' | 'starttls' | 'tls'
  certificate?: Certificate
  offersLogin?: boolean
  wantsLogin?: boolean
  user?: string
  password?: string
  maxSize?: number
  maxConnections?: number
}

type Done = (error?: Error | null) => void

/** What the simulated account logs in with, unless said otherwise. */
export const login = { user: 'no-reply@shop.example', password: 'correct horse battery' }

export async function startMailServer(options: Options = {}): Promise<MailServer> {
  const { encryption = 'none', offersLogin = true, wantsLogin = offersLogin } = options
  const user = options.user ?? login.user
  const password = options.password ?? login.password
  const sockets = new Map<number, Socket>()
  const taken: MailServer = {
    port: 0,
    script: {},
    mails: [],
    connections: 0,
    logins: 0,
    hung: 0,
    get open() {
      return server.connections.size
    },
    endConnections(how = 'end') {
      for (const socket of sockets.values()) socket[how]()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets.values()) socket.destroy()
      }),
  }

  const answer = (script: Answer | undefined, remotePort: number, done: Done) => {
    if (script === undefined || (typeof script === 'object' && script.times === 0)) return done()
    if (typeof script === 'object' && script.times) script.times--
    if (script === 'hang') taken.hung++
    else if (script === 'drop') sockets.get(remotePort)?.destroy()
    else done(Object.assign(new Error(script.text), { responseCode: script.code }))
  }

  const server: SMTPServer = new SMTPServer({
    secure: encryption === 'tls',
    ...options.certificate,
    hideSTARTTLS: encryption !== 'starttls',
    allowInsecureAuth: encryption === 'none',
    authMethods: ['PLAIN', 'LOGIN'],
    authOptional: !wantsLogin,
    disabledCommands: [...(offersLogin ? [] : ['AUTH']), ...(encryption === 'starttls' ? [] : ['STARTTLS'])],
    disableReverseLookup: true,
    logger: false,
    ...(options.maxSize ? { size: options.maxSize } : {}),
    ...(options.maxConnections ? { maxClients: options.maxConnections } : {}),
    onConnect: (session, done) => answer(taken.script.greeting, session.remotePort, done),
    onAuth(auth, session, done) {
      taken.logins++
      if (taken.script.login) return answer(taken.script.login, session.remotePort, done)
      if (auth.username === user && auth.password === password) return done(null, { user })
      done(Object.assign(new Error(`5.7.8 Authentication of ${auth.username} failed`), { responseCode: 535 }))
    },
    onMailFrom: (_address, session, done) => answer(taken.script.sender, session.remotePort, done),
    onRcptTo: (_address, session, done) => answer(taken.script.recipient, session.remotePort, done),
    onData(stream, session, done) {
      const script = taken.script.content
      if (script === 'drop_midway') {
        stream.once('data', () => sockets.get(session.remotePort)?.destroy())
        return
      }
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (script === undefined && !stream.sizeExceeded) {
          taken.mails.push({
            from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
            to: session.envelope.rcptTo.map(({ address }) => address),
            raw: Buffer.concat(chunks),
            encrypted: session.secure,
            user: session.user,
          })
        }
        answer(stream.sizeExceeded ? { code: 552, text: 'Message too large' } : script, session.remotePort, done)
      })
    },
  })
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0
    taken.connections++
    sockets.set(port, socket)
    socket.on('close', () => sockets.delete(port))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  taken.port = (server.server.address() as AddressInfo).port
  return taken
}

const day = 24 * 60 * 60 * 1000

/** Certificates for `localhost` of every sort a client meets. `authority` is the one to trust. */
export async function makeCertificates() {
  const span = { notBeforeDate: new Date(Date.now() - 30 * day), notAfterDate: new Date(Date.now() + 30 * day) }
  const basics = { keyType: 'ec' as const, algorithm: 'sha256' }
  const authority = await generate([{ name: 'commonName', value: 'Spec authority' }], {
    ...basics,
    ...span,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  })
  const stranger = await generate([{ name: 'commonName', value: 'Unknown authority' }], { ...basics, ...span })
  const leaf = async (name: string, by: typeof authority | undefined, until = span.notAfterDate) => {
    const made = await generate([{ name: 'commonName', value: name }], {
      ...basics,
      notBeforeDate: span.notBeforeDate,
      notAfterDate: until,
      ...(by ? { ca: { key: by.private, cert: by.cert } } : {}),
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2 as const, value: name }] }],
    })
    return { key: made.private, cert: made.cert }
  }
  return {
    authority: authority.cert,
    right: await leaf('localhost', authority),
    wrongName: await leaf('mail.elsewhere.example', authority),
    expired: await leaf('localhost', authority, new Date(Date.now() - day)),
    unknown: await leaf('localhost', stranger),
    selfSigned: await leaf('localhost', undefined),
  }
}
