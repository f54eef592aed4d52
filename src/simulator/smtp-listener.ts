/**
 * An SMTP port as the simulator needs it, on top of smtp-server 3.21: greets at once, can cut a line, and can present
 * a wrong certificate to one connection. No option does these: smtp-server waits a fixed 100 ms for early talkers, and
 * `disableReverseLookup` spares only the DNS query after it. The overridden methods are the package's own seams,
 * declared in its types; `tests/simulator/smtp.spec.ts` would notice if they moved.
 */
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createSecureContext, type SecureContext, type TLSSocket } from 'node:tls'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js'
import type { Certificates } from './certificates.ts'

class PromptConnection extends SMTPConnection {
  override init(): void {
    this._setListeners(() => this.connectionReady())
  }

  override upgrade(...args: Parameters<SMTPConnection['upgrade']>): void {
    if (this._server instanceof SmtpListener) this._server.chooseCertificate()
    super.upgrade(...args)
  }
}

export class SmtpListener extends SMTPServer {
  readonly #connections = new WeakMap<SMTPServerSession, SMTPConnection>()
  readonly #right: SecureContext
  readonly #wrong: SecureContext
  readonly #presentsWrong: () => boolean

  /** @param presentsWrong asked once for each TLS handshake */
  constructor(options: SMTPServerOptions, certificates: Certificates, presentsWrong: () => boolean) {
    super({ ...options, ...certificates.right, disableReverseLookup: true })
    this.#right = createSecureContext(certificates.right)
    this.#wrong = createSecureContext(certificates.wrong)
    this.#presentsWrong = presentsWrong
    // Clients that hang up in the middle, on purpose or not, are this program's everyday.
    this.on('error', () => undefined)
  }

  /** Starts listening on this machine only; answers the port. Rejects when the port cannot be had. */
  async start(port: number): Promise<number> {
    this.server.listen(port, '127.0.0.1')
    await once(this.server, 'listening')
    return (this.server.address() as AddressInfo).port
  }

  /** Stops listening and cuts every line. */
  async stop(): Promise<void> {
    for (const connection of this.connections) connection._socket.destroy()
    await new Promise<void>((resolve) => this.close(resolve))
  }

  /** Cuts the line of this session without a word. */
  drop(session: SMTPServerSession): void {
    this.#connections.get(session)?._socket.destroy()
  }

  /** Both places that start a handshake read the default context in the same turn, so this holds for that one only. */
  chooseCertificate(): void {
    this.secureContext.set('*', this.#presentsWrong() ? this.#wrong : this.#right)
  }

  override connect(socket: Socket | TLSSocket, options?: SMTPConnectionOptions | null): void {
    const connection = new PromptConnection(this, socket, options)
    this.#connections.set(connection.session, connection)
    this.connections.add(connection)
    connection.on('error', (error: Error) => this._onError(error))
    connection.init()
  }

  override _upgrade(...args: Parameters<SMTPServer['_upgrade']>): void {
    this.chooseCertificate()
    super._upgrade(...args)
  }

  /** No context of its own for a server name: the one that was chosen for the connection stays. */
  override _resolveSNI(...[, answer]: Parameters<SMTPServer['_resolveSNI']>): void {
    answer(null)
  }
}
