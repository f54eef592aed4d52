/**
 * Gets from an account's settings to an SMTP session, a step at a time. Promises that the line goes only to an address
 * that was checked, that a certificate is checked against the host that was typed, and that no step waits for ever.
 */
import net from 'node:net'
import tls from 'node:tls'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { AllowList, CheckedHost, Resolve } from '../addresses.ts'
import type { Step } from './replies.ts'

export type Encryption = 'none' | 'starttls' | 'tls'
/** Where and as whom; an empty username is a server without login. */
export type Endpoint = {
  host: string
  port: number
  encryption: Encryption
  username: string
  password: string
  fromAddress: string
}
/**
 * What opening a session needs besides the account. `context` holds the certificates that are trusted; `name` is how we call
 * ourselves (EHLO).
 */
export type Reach = { allow: AllowList; resolve?: Resolve; context?: tls.SecureContext; name?: string }
export type Timeouts = { connect: number; greeting: number; command: number }

/** What went wrong before there was anything that nodemailer would report. */
export class LineError extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.name = 'LineError'
    this.code = code
  }
}

const ignore = (): undefined => undefined

/** Many times what servers say: a whole reply to EHLO is a kilobyte. */
const largestReply = 16_384

/** How we call ourselves: servers refuse a name that is no full host name, which that of a container is not. */
export const helloName = ({ name }: Pick<Reach, 'name'>, { fromAddress }: Pick<Endpoint, 'fromAddress'>): string =>
  name ?? fromAddress.slice(fromAddress.indexOf('@') + 1)

/** Waits for an event of a socket. An error, its end, the deadline or the signal destroys it. */
function waitFor(socket: net.Socket, event: string, timeout: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      socket.off(event, onEvent).off('error', settle).off('close', onClose)
      if (!error) return resolve()
      socket.destroy()
      reject(error)
    }
    const onEvent = () => settle()
    const onClose = () => settle(new LineError('ECONNECTION'))
    const onAbort = () => settle(new LineError('EABORT'))
    const timer = setTimeout(() => settle(new LineError('ETIMEDOUT')), timeout)
    socket.once(event, onEvent).once('error', settle).once('close', onClose)
    signal?.addEventListener('abort', onAbort, { once: true })
    if (signal?.aborted) onAbort()
  })
}

/** Connects to one of the checked addresses, the next one when one does not answer. */
export async function dial(to: CheckedHost, port: number, timeout: number, signal?: AbortSignal): Promise<net.Socket> {
  const [first] = to.addresses
  const lookup: net.LookupFunction = (_host, options, found) => {
    if (options.all) found(null, to.addresses)
    else found(null, first?.address ?? '', first?.family)
  }
  const socket = net.connect({ host: to.host, port, lookup, autoSelectFamily: true, noDelay: true })
  socket.on('error', ignore)
  await waitFor(socket, 'connect', timeout, signal)
  return socket
}

/** TLS from the first byte. */
export async function encrypt(
  socket: net.Socket,
  host: string,
  context: tls.SecureContext | undefined,
  timeout: number,
  signal?: AbortSignal,
): Promise<tls.TLSSocket> {
  const name = net.isIP(host) ? {} : { servername: host }
  const encrypted = tls.connect({ socket, host, ...name, ...(context ? { secureContext: context } : {}) })
  encrypted.on('error', ignore)
  await waitFor(encrypted, 'secureConnect', timeout, signal)
  return encrypted
}

/**
 * Runs one exchange on a session and settles with it, or with what ended the session meanwhile. nodemailer completes no
 * callback of its own when the line breaks during a login, nor when it was closed.
 */
export function during<T>(
  session: SMTPConnection,
  exchange: (done: (error?: Error | null, value?: T) => void) => void,
  signal?: AbortSignal,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error | null, value?: T) => {
      session.off('error', settle).off('end', onEnd)
      signal?.removeEventListener('abort', onAbort)
      if (error) reject(error)
      else resolve(value)
    }
    // The reply that ended the session, if there was one, reaches the callback after this event.
    const onEnd = () => setImmediate(settle, new LineError('ECONNECTION'))
    const onAbort = () => {
      settle(new LineError('EABORT'))
      session.close()
    }
    session.on('error', settle).on('end', onEnd)
    signal?.addEventListener('abort', onAbort, { once: true })
    if (signal?.aborted) onAbort()
    else exchange(settle)
  })
}

/** Greeting, EHLO and, where the account wants it, STARTTLS. */
export async function startSession(
  socket: net.Socket,
  host: string,
  endpoint: Endpoint,
  reach: Pick<Reach, 'context' | 'name'>,
  timeouts: Timeouts,
  signal?: AbortSignal,
): Promise<SMTPConnection> {
  const { port, encryption } = endpoint
  const session = new SMTPConnection({
    connection: socket,
    host,
    port,
    secure: encryption === 'tls',
    secured: encryption === 'tls',
    requireTLS: encryption === 'starttls',
    ignoreTLS: encryption === 'none',
    tls: reach.context ? { secureContext: reach.context } : {},
    name: helloName(reach, endpoint),
    maxResponseSize: largestReply,
    connectionTimeout: timeouts.connect + timeouts.greeting,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.command,
    customAuth: { [senderProbe]: probeSender },
  })
  session.on('error', ignore)
  await during<void>(session, (done) => session.connect(done), signal)
  return session
}

/** Logs in, if the account has a username. */
export async function login(session: SMTPConnection, endpoint: Endpoint, signal?: AbortSignal): Promise<void> {
  if (endpoint.username === '') return
  if (!session.allowsAuth) throw new LineError('ENOAUTH')
  const credentials = { user: endpoint.username, pass: endpoint.password }
  await during(session, (done) => session.login(credentials, done), signal)
}

const senderProbe = 'SENDER'

/** What a probe was refused at. nodemailer adds the reply. */
class RefusedError extends Error {
  readonly step: Step
  constructor(step: Step) {
    super(`The ${step} was refused.`)
    this.step = step
  }
}

/** A login method in name only: it is the one door through which nodemailer sends single commands. */
const probeSender: SMTPConnection.CustomAuthenticationHandlers[string] = async ({ auth, sendCommand }) => {
  const ask = async (step: Step, command: string) => {
    const { status } = await sendCommand(command)
    if (status < 200 || status > 299) throw new RefusedError(step)
  }
  await ask('sender', `MAIL FROM:<${auth.user}>`)
  await ask('recipient', `RCPT TO:<${auth.user}>`)
  await sendCommand('RSET')
}

/**
 * Asks the server whether it takes mail from an address, and sends none. Many servers, Postfix among them, decide about the
 * sender, the login and the address of this machine no earlier than at a recipient: that is the address itself.
 */
export async function offerSender(session: SMTPConnection, address: string, signal?: AbortSignal): Promise<void> {
  await during(session, (done) => session.login({ method: senderProbe, user: address, pass: '-' }, done), signal)
}
