/**
 * What a failure of SMTP means: its cause, which the console puts into words, and the caller's next step. Promises that
 * the server's words come out without addresses, secrets or anything of the mail.
 */
import { SendError, type SendErrorKind } from '../contract.ts'
import { HostError } from './addresses.ts'
import { MailError } from './mime.ts'

/** What the caller does next, by cause. The causes are keys of `Cause.*`. */
const kinds = {
  host_not_found: 'misconfigured',
  host_lookup_failed: 'retry',
  address_refused: 'misconfigured',
  connection_refused: 'retry',
  unreachable: 'retry',
  connect_timeout: 'retry',
  greeting_missing: 'retry',
  greeting_refused: 'misconfigured',
  not_smtp: 'misconfigured',
  tls_not_offered: 'misconfigured',
  tls_wrong_version: 'misconfigured',
  tls_failed: 'retry',
  certificate_self_signed: 'misconfigured',
  certificate_name: 'misconfigured',
  certificate_expired: 'misconfigured',
  certificate_unknown_authority: 'misconfigured',
  login_rejected: 'misconfigured',
  login_not_enabled: 'misconfigured',
  login_not_offered: 'misconfigured',
  login_required: 'misconfigured',
  encryption_required: 'misconfigured',
  sender_refused: 'misconfigured',
  relay_denied: 'misconfigured',
  recipient_refused: 'reject',
  content_refused: 'reject',
  too_large: 'reject',
  quota: 'later',
  temporary: 'retry',
  no_answer: 'retry',
  connection_lost: 'retry',
  cancelled: 'retry',
} as const satisfies Record<string, SendErrorKind>

export type SmtpCause = keyof typeof kinds
export const smtpCauses = Object.keys(kinds) as SmtpCause[]

/** Whether a cause says nothing against the account: it comes from the moment, or from the one mail. */
export const isPassing = (cause: SmtpCause): boolean => kinds[cause] !== 'misconfigured'

/** The step that a server answered. */
export type Step = 'greeting' | 'tls' | 'login' | 'sender' | 'recipient' | 'data' | 'content'
type Reply = { code: number; text: string; step: Step; host: string; isEncrypted: boolean }
/** `step` is the one that was answered: absent where nothing was. */
export type Diagnosis = { cause: SmtpCause; code: string; words: string; step?: Step }

type Rule = [cause: SmtpCause, applies: (reply: Reply) => boolean]
const says = (pattern: RegExp) => (reply: Reply) => pattern.test(reply.text)
const isPermanent = ({ code }: Reply) => code >= 500 && code !== 503
const isEarly = ({ step }: Reply) => step === 'greeting' || step === 'tls' || step === 'login'

const speaksOfLogin = says(/smtp flag|user has no permission|SmtpClientAuthentication is disabled|not open(ed)? smtp/i)
const speaksOfSender = says(
  /mail ?from( address)? must (be )?(the )?(equal|same)|not owned by (auth(orized)? )?user|send ?as ?denied/i,
)
const speaksOfSize = says(/\bsize\b|too (large|big)|5\.3\.4|5\.2\.3/i)
const speaksOfFullMailbox = says(/mailbox (is )?full|over ?quota|5\.2\.2/i)
const speaksOfLimit = says(
  /frequen|rate.?limit|too many (mails|messages|e-?mails|requests)|(sending|daily|hourly|monthly).{0,24}(limit|quota)|(limit|quota) (is )?exceeded|exceed.{0,24}(limit|quota)|5\.4\.5/i,
)
const speaksOfRelay = says(
  /relay(ing)? (access )?(is )?(denied|not (permitted|allowed))|(unable|not permitted) to relay/i,
)
const speaksOfMissingLogin = says(/auth(entication)?( is)? required|auth(enticate)? first|must authenticate/i)
const speaksOfMissingTls = says(/starttls|encryption required|must be encrypted/i)
const isDirectMail = ({ host }: Reply) => /^smtpdm[a-z0-9-]*\.aliyun(cs)?\.com$/.test(host)

/** The first that applies. What vendors mean by their own texts comes before what the codes say. */
const rules: Rule[] = [
  // QQ says 454, which is a temporary code, when SMTP was never switched on for the mailbox.
  ['login_not_enabled', (reply) => reply.step === 'login' && speaksOfLogin(reply)],
  // QQ's one text for every failed login speaks of its frequency too.
  ['login_rejected', ({ step, code }) => step === 'login' && (code === 535 || code === 534 || code === 526)],
  // DirectMail says 436, a temporary code, when the sender is not the one who logged in.
  [
    'sender_refused',
    (reply) => !isEarly(reply) && (reply.code === 436 || (isPermanent(reply) && speaksOfSender(reply))),
  ],
  ['recipient_refused', (reply) => !isEarly(reply) && isPermanent(reply) && speaksOfFullMailbox(reply)],
  ['too_large', (reply) => !isEarly(reply) && isPermanent(reply) && speaksOfSize(reply)],
  // NetEase throttles with 421, 450 and 451 and a word such as MI:CEL.
  ['quota', (reply) => reply.code < 500 && says(/\b(HL|MI|RP|DT):[A-Z]{2}/)(reply)],
  // QQ says 550, which is a permanent code, when connections come too often.
  ['quota', (reply) => reply.code !== 421 && speaksOfLimit(reply)],
  ['quota', (reply) => !isEarly(reply) && reply.code === 552 && isDirectMail(reply)],
  ['temporary', (reply) => reply.code < 500],
  ['encryption_required', (reply) => !reply.isEncrypted && reply.step !== 'tls' && speaksOfMissingTls(reply)],
  ['greeting_refused', ({ step }) => step === 'greeting'],
  ['tls_not_offered', ({ step }) => step === 'tls'],
  ['login_not_offered', ({ step, code }) => step === 'login' && (code === 504 || code < 504)],
  ['login_rejected', ({ step }) => step === 'login'],
  ['login_required', (reply) => reply.code === 530 || (!isEarly(reply) && speaksOfMissingLogin(reply))],
  ['temporary', ({ code }) => code === 503],
  ['sender_refused', ({ step }) => step === 'sender'],
  ['relay_denied', (reply) => reply.step === 'recipient' && speaksOfRelay(reply)],
  ['recipient_refused', ({ step }) => step === 'recipient'],
  ['content_refused', () => true],
]

const byCode: Record<string, SmtpCause> = {
  ECONNREFUSED: 'connection_refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls_wrong_version',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls_wrong_version',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate_self_signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate_self_signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate_name',
  CERT_HAS_EXPIRED: 'certificate_expired',
  CERT_NOT_YET_VALID: 'certificate_expired',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate_unknown_authority',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate_unknown_authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate_unknown_authority',
  ENOAUTH: 'login_not_offered',
  EAUTH: 'login_not_offered',
  EMESSAGE: 'too_large',
  EENVELOPE: 'recipient_refused',
  EPROTOCOL: 'not_smtp',
  EABORT: 'cancelled',
}

/** The fields of nodemailer's errors and of the system's that are read here. */
type Fields = {
  code?: string
  originalCode?: string
  timeoutType?: string
  command?: string
  response?: string
  responseCode?: number
}

function stepOf({ command = '', code }: Fields, { encryption }: { encryption: string }): Step {
  if (command.startsWith('AUTH')) return 'login'
  if (command === 'STARTTLS' || (command === 'EHLO' && encryption === 'starttls')) return 'tls'
  if (command === 'MAIL FROM') return 'sender'
  if (command === 'RCPT TO') return 'recipient'
  if (command === 'DATA') return code === 'EMESSAGE' ? 'content' : 'data'
  return 'greeting'
}

/** Where it happened, as far as the error does not say so itself. */
export type Where = { host: string; encryption: string; step?: Step; stage?: 'connect' | 'tls' | 'session' }

function withoutReply(fields: Fields, { stage }: Where): SmtpCause {
  const known = byCode[fields.originalCode ?? ''] ?? byCode[fields.code ?? '']
  if (known) return known
  if (stage === 'connect') return fields.code === 'ETIMEDOUT' ? 'connect_timeout' : 'unreachable'
  if (stage === 'tls' || fields.code === 'ETLS' || fields.timeoutType === 'UPGRADE_TIMEOUT') return 'tls_failed'
  if (fields.originalCode?.startsWith('ERR_SSL')) return 'tls_failed'
  if (fields.timeoutType === 'GREETING_TIMEOUT' || stage === 'session') return 'greeting_missing'
  return fields.code === 'ETIMEDOUT' ? 'no_answer' : 'connection_lost'
}

/** Finds the cause of whatever a step threw. */
export function diagnose(error: unknown, where: Where): Diagnosis {
  if (error instanceof HostError) {
    return { cause: error.reason, code: error.reason === 'address_refused' ? 'EREFUSED' : 'EDNS', words: '' }
  }
  if (error instanceof MailError) return { cause: 'recipient_refused', code: 'EENVELOPE', words: '' }
  const fields: Fields & { message?: string } = error instanceof Error ? error : {}
  if (fields.responseCode && fields.response) {
    const step = where.step ?? stepOf(fields, where)
    const text = fields.response.replace(/^\d{3}[ -]?/gm, '')
    const isEncrypted = where.encryption !== 'none'
    const reply = { code: fields.responseCode, text, step, host: where.host, isEncrypted }
    const cause = rules.find(([, applies]) => applies(reply))?.[0] ?? 'content_refused'
    return { cause, code: String(fields.responseCode), words: text, step }
  }
  const cause = withoutReply(fields, where)
  const code = fields.originalCode ?? fields.timeoutType ?? fields.code ?? 'ECONNECTION'
  return { cause, code, words: cause === 'certificate_name' ? (fields.message ?? '') : '' }
}

const shortest = 3

/** A server's words without addresses, and without the given texts or what they are in base64; at most 300 characters. */
export function redact(words: string, secrets: readonly string[], mail = ''): string {
  let clean = words
  for (const secret of secrets.filter(({ length }) => length >= shortest)) {
    clean = clean.replaceAll(secret, '•').replaceAll(Buffer.from(secret).toString('base64').replace(/=+$/, ''), '•')
  }
  return clean
    .replace(/[^\s<>()[\]:;,"']+@[^\s<>()[\]:;,"']+/g, '•')
    .replace(/[\p{L}\p{N}_-]*\p{N}[\p{L}\p{N}_-]*/gu, (word) =>
      word.length > shortest && mail.includes(word) ? '•' : word,
    )
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
    .slice(0, 300)
}

/** The error that `send` throws. A mail that was handed over and not answered may have been taken. */
export function sendErrorFrom({ cause, code, step }: Diagnosis, wasHandedOver: boolean, detail: string): SendError {
  const isUnanswered = wasHandedOver && step === undefined
  return new SendError(isUnanswered ? 'unknown' : kinds[cause], code, detail)
}
