/** An SMTP provider: three ports, one login, strict about the sender. Stores what it accepts, and fails as it is told. */
import type { SMTPServerDataStream, SMTPServerOptions, SMTPServerSession } from 'smtp-server'
import type { Certificates } from './certificates.ts'
import type { Channel, FaultRule } from './channel.ts'
import { type Fault, type Faults, wholeOf } from './faults.ts'
import type { Inbox } from './inbox.ts'
import { mailContent, mailView, summarizeMail } from './mail.ts'
import type { Settings } from './settings.ts'
import { SmtpListener } from './smtp-listener.ts'

const largestMail = 25 * 1024 * 1024

const code = (usual: number): Pick<FaultRule, 'fields'> => ({
  fields: { code: { type: 'whole', least: 400, most: 599, usual } },
})

const mailFaults = {
  greeting_421: { perRecipient: false },
  wrong_certificate: { perRecipient: false },
  no_auth: { perRecipient: false },
  auth_454: { perRecipient: false },
  any_sender: { perRecipient: false },
  reject_sender: { perRecipient: false, ...code(451) },
  reject_recipient: { perRecipient: true, ...code(550) },
  drop_before_accept: { perRecipient: true },
  hang: { perRecipient: true },
  reject_data: { perRecipient: true, ...code(554) },
  delay: { perRecipient: true, fields: { ms: { type: 'whole', least: 0, most: 600_000, needed: true } } },
  drop_after_accept: { perRecipient: true },
} as const satisfies Record<string, FaultRule>

type MailFault = keyof typeof mailFaults
type Encryption = 'none' | 'starttls' | 'tls'

export const emailChannel: Channel = {
  id: 'email',
  faults: mailFaults,
  summarize: summarizeMail,
  content: mailContent,
  view: mailView,
}

const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode })

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

type SmtpParts = {
  inbox: Inbox
  faults: Faults
  certificates: Certificates
  settings: Pick<Settings, 'user' | 'password'>
}

const encryptionOptions: Record<Encryption, SMTPServerOptions> = {
  none: { disabledCommands: ['STARTTLS'], allowInsecureAuth: true },
  starttls: {},
  tls: { secure: true },
}

/** One port of the provider, not yet listening. */
export function createSmtpListener(encryption: Encryption, parts: SmtpParts): SmtpListener {
  const { faults, certificates } = parts
  const strike = (kind: MailFault, recipients?: readonly string[]) => faults.take('email', kind, recipients)
  const drop = (session: SMTPServerSession) => listener.drop(session)
  const options: SMTPServerOptions = {
    ...encryptionOptions[encryption],
    name: 'localhost',
    banner: 'Signet simulator',
    size: largestMail,
    rejectOversized: true,
    logger: false,
    ...sessionHandlers(parts.settings, encryption, strike),
    onData: (stream, session, answer) => receive({ stream, session, answer, encryption, drop, strike, ...parts }),
  }
  const listener = new SmtpListener(options, certificates, () => strike('wrong_certificate') !== undefined)
  return listener
}

type Strike = (kind: MailFault, recipients?: readonly string[]) => Fault | undefined

function sessionHandlers(login: SmtpParts['settings'], encryption: Encryption, strike: Strike): SMTPServerOptions {
  return {
    onConnect(session, answer) {
      if (strike('greeting_421')) return answer(refusal(421, 'localhost Service not available, try again later'))
      if (strike('no_auth')) {
        session.disabledCommands = [...(encryptionOptions[encryption].disabledCommands ?? []), 'AUTH']
      }
      answer()
    },
    onAuth(auth, _session, answer) {
      if (strike('auth_454')) {
        return answer(refusal(454, 'Authentication failed, please open smtp flag first!'))
      }
      if (auth.username !== login.user || auth.password !== login.password) {
        return answer(refusal(535, 'Error: authentication failed'))
      }
      answer(null, { user: auth.username })
    },
    onMailFrom({ address }, session, answer) {
      // smtp-server asks for a login only where it offers one, which the fault no_auth takes away.
      if (!session.user) return answer(refusal(530, 'Error: authentication required'))
      const rejected = strike('reject_sender')
      if (rejected) return answer(refusal(wholeOf(rejected, 'code') ?? 451, 'Sender refused'))
      if (domainOf(address) !== domainOf(login.user) && !strike('any_sender')) {
        return answer(refusal(553, 'mail from must equal authorized user'))
      }
      answer()
    },
    onRcptTo({ address }, _session, answer) {
      const rejected = strike('reject_recipient', [address])
      answer(rejected ? refusal(wholeOf(rejected, 'code') ?? 550, 'Recipient refused') : null)
    },
  }
}

type Reception = SmtpParts & {
  stream: SMTPServerDataStream
  session: SMTPServerSession
  answer: (error?: Error | null, text?: string) => void
  encryption: Encryption
  drop: (session: SMTPServerSession) => void
  strike: Strike
}

function receive(reception: Reception): void {
  const { stream, session, drop, strike } = reception
  const recipients = session.envelope.rcptTo.map(({ address }) => address)
  if (strike('drop_before_accept', recipients)) {
    stream.once('data', () => drop(session))
    return
  }
  if (strike('hang', recipients)) {
    stream.resume()
    return
  }
  let chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => {
    if (stream.sizeExceeded) chunks = []
    else chunks.push(chunk)
  })
  stream.once('end', () => finish(reception, recipients, Buffer.concat(chunks)))
}

/** The final dot has come: store, then answer, late or never if so told. */
function finish(reception: Reception, recipients: readonly string[], body: Buffer): void {
  const { stream, session, answer, drop, strike } = reception
  if (stream.sizeExceeded) {
    // rejectOversized has smtp-server answer 552 whatever is said here.
    answer()
    return
  }
  const delay = strike('delay', recipients)
  const rejected = strike('reject_data', recipients)
  if (rejected) {
    after(delay && wholeOf(delay, 'ms'), () => answer(refusal(wholeOf(rejected, 'code') ?? 554, 'Message refused')))
    return
  }
  const id = store(reception, recipients, body)
  const cut = strike('drop_after_accept', recipients)
  after(delay && wholeOf(delay, 'ms'), () => (cut ? drop(session) : answer(null, `OK: queued as ${id}`)))
}

/** Stores one delivery for each recipient; answers the id of the first. */
function store({ session, inbox, encryption }: Reception, recipients: readonly string[], body: Buffer): string {
  const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
  const ids = recipients.map((to) => inbox.add({ channel: 'email', to, meta: { from, encryption }, body }).id)
  return ids[0] ?? ''
}

function after(ms: number | undefined, act: () => void): void {
  if (ms === undefined) act()
  else setTimeout(act, ms)
}
