/**
 * What a failure of SMTP means: its cause, which the console puts into words, and the caller's next step. Promises that
 * the server's words come out without addresses, secrets or anything of the mail, and that no reply, however long, takes time.
 */
import { SendError } from '#channels/contract.ts'
import { HostError } from '../addresses.ts'
import { MailError } from './mime.ts'
import { causeOfReply, kindOf, type SmtpCause, type Step } from './replies.ts'

/** No more of a reply is looked at. RFC 5321 has replies of 512 characters a line. */
const longestReply = 2000

/** Whether a cause says nothing against the account: it comes from the moment, or from the one mail. */
export const isPassing = (cause: SmtpCause): boolean => kindOf(cause) !== 'misconfigured'

/** `step` is the one that was answered: absent where nothing was. */
export type Diagnosis = { cause: SmtpCause; code: string; words: string; step?: Step }

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

/** What a code means alone. Most reply codes of SMTP mean several things, which only their text tells apart. */
const byCodeAlone = new Map<string, SmtpCause>([
  ...Object.entries(byCode),
  ['EDNS', 'host_not_found'],
  ['EREFUSED', 'address_refused'],
  ['ETIMEDOUT', 'no_answer'],
  ['GREETING_TIMEOUT', 'greeting_missing'],
  ['SOCKET_TIMEOUT', 'no_answer'],
  ['UPGRADE_TIMEOUT', 'tls_failed'],
  ['ETLS', 'tls_failed'],
  ['ECONNECTION', 'connection_lost'],
  ['ECONNRESET', 'connection_lost'],
  ['EPIPE', 'connection_lost'],
  ['436', 'sender_refused'],
  ['526', 'login_rejected'],
  ['530', 'login_required'],
  ['534', 'login_rejected'],
  ['535', 'login_rejected'],
  ['552', 'too_large'],
])

/**
 * The cause behind a code without the words that came with it. Of any other reply code it is known at least whether it is for now
 * or for good (RFC 5321, 4.2.1).
 */
export function explained(code: string): SmtpCause | 'refused' | undefined {
  if (/^4\d\d$/.test(code)) return byCodeAlone.get(code) ?? 'temporary'
  return byCodeAlone.get(code) ?? (/^5\d\d$/.test(code) ? 'refused' : undefined)
}

/** The fields of nodemailer's errors and of the system's that are read here. */
type Fields = {
  code?: string
  originalCode?: string
  timeoutType?: string
  command?: string
  response?: string
  responseCode?: number
  /** Of a probe: nodemailer takes each of its commands for a login. */
  step?: Step
}

function stepOf({ command = '', code, step }: Fields, otherwise: Step = 'greeting'): Step {
  if (step) return step
  if (command.startsWith('AUTH')) return 'login'
  if (command === 'STARTTLS') return 'tls'
  if (command === 'EHLO' || command === 'HELO') return 'hello'
  if (command === 'MAIL FROM') return 'sender'
  if (command === 'RCPT TO') return 'recipient'
  if (command === 'DATA') return code === 'EMESSAGE' ? 'content' : 'data'
  return otherwise
}

/** Where it happened, as far as the error does not say so itself. */
export type Where = { host: string; encryption: string; stage?: 'connect' | 'tls' | 'session'; step?: Step }

function withoutReply(fields: Fields, { stage }: Where): SmtpCause {
  const cause = byCode[fields.originalCode ?? ''] ?? byCode[fields.code ?? '']
  if (cause) return cause
  if (stage === 'connect') return fields.code === 'ETIMEDOUT' ? 'connect_timeout' : 'unreachable'
  if (stage === 'tls' || fields.code === 'ETLS' || fields.timeoutType === 'UPGRADE_TIMEOUT') return 'tls_failed'
  if (fields.originalCode?.startsWith('ERR_SSL')) return 'tls_failed'
  if (fields.timeoutType === 'GREETING_TIMEOUT' || stage === 'session') return 'greeting_missing'
  return fields.code === 'ETIMEDOUT' ? 'no_answer' : 'connection_lost'
}

const withoutAddresses = (words: string): string =>
  words.replace(/[^\s<>()[\]:;,"']+/g, (word) => (word.includes('@') ? '•' : word))

/** A reply of several lines repeats its enhanced code on each, and may break anywhere. */
const oneLineOf = (words: string): string =>
  withoutAddresses(words.replace(/<[^<>]*>/g, '•'))
    .replace(/\n[245]\.\d{1,3}\.\d{1,3} /g, ' ')
    .replace(/\s+/g, ' ')

/** Finds the cause of whatever a step threw. */
export function diagnose(error: unknown, where: Where): Diagnosis {
  if (error instanceof HostError) {
    return { cause: error.reason, code: error.reason === 'address_refused' ? 'EREFUSED' : 'EDNS', words: '' }
  }
  if (error instanceof MailError) return { cause: 'recipient_refused', code: 'EENVELOPE', words: '' }
  const fields: Fields & { message?: string } = error instanceof Error ? error : {}
  if (fields.responseCode && fields.response) {
    const step = stepOf(fields, where.step)
    const words = fields.response.slice(0, longestReply).replace(/^\d{3}[ -]?/gm, '')
    const { host, encryption } = where
    const cause = causeOfReply({ code: fields.responseCode, text: oneLineOf(words), step, host, encryption })
    return { cause, code: String(fields.responseCode), words, step }
  }
  const cause = withoutReply(fields, where)
  const code = fields.originalCode ?? fields.timeoutType ?? fields.code ?? 'ECONNECTION'
  return { cause, code, words: cause === 'certificate_name' ? (fields.message ?? '') : '' }
}

const shortest = 3
/** So many words with a digit are looked for in a mail of megabytes. */
const mostSought = 40

/** A server's words without addresses, and without the given texts or what they are in base64; at most 300 characters. */
export function redact(words: string, secrets: readonly string[], mail = ''): string {
  let clean = words.slice(0, longestReply)
  for (const secret of secrets.filter(({ length }) => length >= shortest)) {
    clean = clean.replaceAll(secret, '•').replaceAll(
      Buffer.from(secret)
        .toString('base64')
        .replace(/={1,2}$/, ''),
      '•',
    )
  }
  let sought = 0
  const isOfMail = (word: string) => ++sought > mostSought || mail.includes(word)
  return withoutAddresses(clean)
    .replace(/[\p{L}\p{N}_-]+/gu, (word) =>
      word.length > shortest && mail !== '' && /\p{N}/u.test(word) && isOfMail(word) ? '•' : word,
    )
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
    .slice(0, 300)
}

/** The error that `send` throws. A mail that was handed over and not answered may have been taken. */
export function sendErrorFrom({ cause, code, step }: Diagnosis, wasHandedOver: boolean, detail: string): SendError {
  const isUnanswered = wasHandedOver && step === undefined
  return new SendError(isUnanswered ? 'unknown' : kindOf(cause), code, detail, undefined, 'account', cause)
}
