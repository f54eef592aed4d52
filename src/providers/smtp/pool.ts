/**
 * The sessions of one SMTP account: opened when there is something to send, kept while there is more, let go when idle.
 * Promises that a mail never fails because a kept session had been closed meanwhile, that a failure says whether the
 * mail had been handed over, that a server which takes fewer sessions than wanted is served with those, and that what is
 * urgent gets the next session that is free.
 */
import { Readable } from 'node:stream'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import { during, LineError } from './connect.ts'

/** An `urgent` one is sent before others that wait for a session. */
export type Delivery = { from: string; to: string; raw: Buffer; urgent?: boolean; signal?: AbortSignal }
export type PoolLimits = { sessions: number; mailsPerSession: number; idle: number }
type Sent = SMTPConnection.SentMessageInfo

/** A failed send. After `wasHandedOver` the server had all of the mail: it may have taken it. */
export class DeliveryError extends Error {
  readonly wasHandedOver: boolean
  constructor(cause: unknown, wasHandedOver: boolean) {
    super('The mail was not accepted.', { cause })
    this.wasHandedOver = wasHandedOver
  }
}

type Session = { connection: SMTPConnection; sent: number; isKept: boolean; isGone: boolean; timer?: NodeJS.Timeout }
type Waiter = { isUrgent: boolean; take(session: Session): void; fail(error: unknown): void }

const pieceSize = 65_536
/** For how long no more sessions are tried than the server lets us have. */
const narrowFor = 30_000
const closeWithin = 5_000

/** The mail as a stream. nodemailer reads it once the server asks for it, and only as fast as the line takes it. */
function bodyOf(raw: Buffer, onLastPiece: () => void): Readable {
  let at = 0
  return new Readable({
    read() {
      if (at >= raw.length) return void this.push(null)
      const piece = raw.subarray(at, at + pieceSize)
      at += piece.length
      if (at >= raw.length) onLastPiece()
      this.push(piece)
    },
  })
}

const isClosed = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNECTION' && replyOf(error) === 0

const replyOf = (error: unknown): number =>
  error instanceof Error && 'responseCode' in error ? Number(error.responseCode) || 0 : 0

export class SmtpPool {
  readonly #open: () => Promise<SMTPConnection>
  readonly #limits: PoolLimits
  readonly #onEmpty: () => void
  readonly #sessions = new Set<Session>()
  readonly #idle: Session[] = []
  readonly #waiting: Waiter[] = []
  #opening = 0
  #resetting = 0
  #sending = 0
  #narrow = { to: 0, until: 0 }
  #isClosing = false

  /** `open` makes a session ready to send with; `onEmpty` is called whenever there is no session and nothing to send. */
  constructor(open: () => Promise<SMTPConnection>, limits: PoolLimits, onEmpty: () => void) {
    this.#open = open
    this.#limits = limits
    this.#onEmpty = onEmpty
  }

  /**
   * Sends over a kept session or a new one; a kept one that turns out to be closed costs the mail nothing.
   * @throws DeliveryError when the mail was not accepted, else what opening a session threw
   */
  async send(delivery: Delivery): Promise<Sent> {
    this.#sending++
    try {
      for (let isFirst = true; ; isFirst = false) {
        const sent = await this.#attempt(delivery, isFirst)
        if (sent) return sent
      }
    } finally {
      this.#sending--
      this.#noteIfEmpty()
    }
  }

  /** Takes no more mails, waits a little for those under way, and ends all sessions. */
  async close(): Promise<void> {
    this.#isClosing = true
    for (const waiter of this.#waiting.splice(0)) waiter.fail(new LineError('EABORT'))
    for (const session of this.#idle.splice(0)) this.#quit(session)
    const busy = [...this.#sessions].map(({ connection }) => new Promise((resolve) => connection.once('end', resolve)))
    const timer = setTimeout(() => {
      for (const { connection } of this.#sessions) connection.close()
    }, closeWithin)
    await Promise.all(busy)
    clearTimeout(timer)
  }

  /**
   * One attempt on one session; undefined if that session was a kept one and closed. So may be a new one, which was opened while
   * others were being closed: that is tried once more.
   */
  async #attempt(delivery: Delivery, isFirst: boolean): Promise<Sent | undefined> {
    const session = await this.#acquire(delivery)
    const wasKept = session.isKept || session.sent > 0
    let wasHandedOver = false
    try {
      return await this.#transmit(session, delivery, () => {
        wasHandedOver = true
      })
    } catch (error) {
      this.#recover(session, error)
      const reply = replyOf(error)
      const wasClosed = wasKept ? reply === 0 || reply === 421 : isFirst && isClosed(error)
      if (wasClosed && !wasHandedOver && !delivery.signal?.aborted) return undefined
      throw new DeliveryError(error, wasHandedOver)
    }
  }

  async #transmit(session: Session, { from, to, raw, signal }: Delivery, onLastPiece: () => void): Promise<Sent> {
    const { connection } = session
    const envelope = { from, to, size: raw.length }
    const sent = await during<Sent>(
      connection,
      (done) => connection.send(envelope, bodyOf(raw, onLastPiece), done),
      signal,
    )
    if (!sent) throw new LineError('ECONNECTION')
    session.sent++
    if (session.sent >= this.#limits.mailsPerSession) this.#quit(session)
    else this.#give(session)
    return sent
  }

  /** After a failure: a refused mail leaves a usable session, anything else does not. */
  #recover(session: Session, error: unknown): void {
    const { connection } = session
    const abandon = () => {
      this.#leave(session)
      connection.close()
    }
    if (connection.destroyed || replyOf(error) === 0) return void abandon()
    this.#resetting++
    during(connection, (done) => connection.reset(done))
      .finally(() => this.#resetting--)
      .then(() => this.#give(session), abandon)
  }

  #acquire({ urgent: isUrgent = false, signal }: Delivery): Promise<Session> {
    const kept = this.#idle.pop()
    if (kept) {
      clearTimeout(kept.timer)
      return Promise.resolve(kept)
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        isUrgent,
        take(session) {
          signal?.removeEventListener('abort', onAbort)
          resolve(session)
        },
        fail(error) {
          signal?.removeEventListener('abort', onAbort)
          reject(error)
        },
      }
      const onAbort = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1)
        waiter.fail(new LineError('EABORT'))
      }
      if (this.#isClosing) return waiter.fail(new LineError('EABORT'))
      const others = isUrgent ? this.#waiting.findIndex((other) => !other.isUrgent) : -1
      this.#waiting.splice(others === -1 ? this.#waiting.length : others, 0, waiter)
      signal?.addEventListener('abort', onAbort, { once: true })
      if (signal?.aborted) onAbort()
      else this.#grow()
    })
  }

  #give(session: Session): void {
    if (session.isGone) return
    const waiter = this.#waiting.shift()
    if (waiter) waiter.take(session)
    else if (this.#isClosing) this.#quit(session)
    else {
      session.isKept = true
      session.timer = setTimeout(() => this.#quit(session), this.#limits.idle).unref()
      this.#idle.push(session)
    }
  }

  /** Opens sessions for those who wait, as far as there may be more. */
  #grow(): void {
    const most = performance.now() < this.#narrow.until ? this.#narrow.to : this.#limits.sessions
    const mayOpen = () => this.#sessions.size + this.#opening < Math.max(1, most)
    while (this.#opening + this.#resetting < this.#waiting.length && mayOpen()) void this.#add()
  }

  async #add(): Promise<void> {
    this.#opening++
    try {
      const session: Session = { connection: await this.#open(), sent: 0, isKept: false, isGone: false }
      this.#opening--
      this.#sessions.add(session)
      session.connection.once('end', () => this.#leave(session))
      if (session.connection.destroyed) this.#leave(session)
      else this.#give(session)
    } catch (error) {
      this.#opening--
      if (this.#sessions.size > 0) this.#narrow = { to: this.#sessions.size, until: performance.now() + narrowFor }
      else for (const waiter of this.#waiting.splice(0)) waiter.fail(error)
      this.#noteIfEmpty()
    }
  }

  #leave(session: Session): void {
    if (session.isGone) return
    session.isGone = true
    clearTimeout(session.timer)
    this.#sessions.delete(session)
    const at = this.#idle.indexOf(session)
    if (at !== -1) this.#idle.splice(at, 1)
    this.#grow()
    this.#noteIfEmpty()
  }

  #quit(session: Session): void {
    this.#leave(session)
    const { connection } = session
    connection.quit()
    setTimeout(() => connection.close(), closeWithin).unref()
  }

  #noteIfEmpty(): void {
    if (this.#sessions.size + this.#opening + this.#sending === 0) this.#onEmpty()
  }
}
