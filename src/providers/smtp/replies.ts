/**
 * What a mail server's reply means: the cause, which the console puts into words and which says what the caller does next.
 * Promises one for every reply, in time that is linear in it. Texts are those of Postfix, Exim, OpenSMTPD, sendmail, Exchange
 * and Microsoft 365, Gmail, Amazon SES, DirectMail, QQ and NetEase, from their sources and help pages.
 */
import type { SendErrorKind } from '#channels/contract.ts'

/** What the caller does next, by cause. The causes are keys of `Cause.*` and `Outcome.*`. */
const kinds = {
  host_not_found: 'misconfigured',
  host_lookup_failed: 'retry',
  address_refused: 'misconfigured',
  connection_refused: 'retry',
  unreachable: 'retry',
  connect_timeout: 'retry',
  greeting_missing: 'retry',
  greeting_refused: 'misconfigured',
  hello_deferred: 'retry',
  hello_refused: 'misconfigured',
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
export const kindOf = (cause: SmtpCause): SendErrorKind => kinds[cause]

/** The step that a server answered. */
export type Step = 'greeting' | 'hello' | 'tls' | 'login' | 'sender' | 'recipient' | 'data' | 'content'
/** `text` is one line, without reply codes and without addresses: nobody's address may speak for the server. */
export type Reply = { code: number; text: string; step: Step; host: string; encryption: string }

type Rule = [cause: SmtpCause, applies: (reply: Reply) => boolean]
const says = (pattern: RegExp) => (reply: Reply) => pattern.test(reply.text)
const isPermanent = ({ code }: Reply) => code >= 500 && code !== 503
/** Once mail is spoken of. */
const isOfMail = ({ step }: Reply) => step === 'sender' || step === 'recipient' || step === 'data' || step === 'content'

const speaksOfLogin = says(/smtp flag|user has no permission|SmtpClientAuthentication is disabled|not open(ed)? smtp/i)
const speaksOfHello = says(/helo command rejected|invalid (helo|ehlo)|(helo|ehlo) name/i)
const speaksOfMissingTls = says(
  /(issue|use|need|require)s? .{0,12}starttls|starttls (command )?(is )?(required|first)|encryption (is )?required|must be encrypted/i,
)
const speaksOfMissingLogin = says(
  /not logged in|auth(entication)?( is)? required|auth(enticate)? first|must authenticate|log ?in first|client (was )?not authenticated|issue an? auth|(EHLO|HELO) and AUTH first|turn on smtp auth/i,
)
const speaksOfSender = says(
  /mail ?from( address)? must (be )?(the )?(equal|same)|"?mail ?from"?( account)? (doesn.?t|does not) conform|not owned by (auth(orized)? )?user|SendAsDenied;|allowed to send as|permissions? to send (as|on behalf)|sender (address )?(rejected|verif\w+ failed)|not local sender|address (is )?not verified|sender is unauthenticated|DT:SUM/i,
)
const speaksOfRelay = says(
  /relay(ing)? (access )?(is )?(denied|disallowed|prohibited|not (permitted|allowed))|(unable|not (permitted|allowed)|cannot|do not|don.?t) (to )?relay|credentials for relay|allowed rcpthosts|local user only|sending (is |has been )?(paused|suspended)|client host (\S+ )?(rejected|blocked)|blocked using/i,
)
/** Exchange Online says it of addresses that it does not have, QQ of mailboxes. */
const speaksOfAccess = (reply: Reply) =>
  says(/access denied/i)(reply) && !says(/^5\.[14]\.1\b|mailbox unavailable/i)(reply)
const speaksOfSize = says(/\bsize\b|too (large|big|long)|5\.3\.4|5\.2\.3/i)
const speaksOfFullMailbox = says(/mailbox (is )?full|over ?quota|5\.2\.2/i)
const speaksOfLimit = says(
  /frequen|rate.?limit|throttl|rate exceeded|QuotaExceeded|too many (mails|messages|e-?mails|requests)|(sending|daily|hourly|monthly).{0,24}(limit|quota)|(limit|quota) (is )?exceeded|exceed.{0,24}(limit|quota)|5\.4\.5/i,
)
const isDirectMail = ({ host }: Reply) => /^smtpdm[a-z0-9-]*\.aliyun(cs)?\.com$/.test(host)

/**
 * The first that applies. What vendors mean by their own texts comes before what the codes say, and what is about the account
 * before what is about one mail, temporary or not: Postfix and DirectMail refuse an account with codes of either kind.
 */
const rules: Rule[] = [
  // QQ says 454, which is a temporary code, when SMTP was never switched on for the mailbox.
  ['login_not_enabled', (reply) => reply.step === 'login' && speaksOfLogin(reply)],
  // QQ's one text for every failed login speaks of its frequency too.
  ['login_rejected', ({ step, code }) => step === 'login' && (code === 535 || code === 534 || code === 526)],
  // A server that knows no EHLO knows no STARTTLS.
  [
    'tls_not_offered',
    ({ step, code, encryption }) => step === 'hello' && encryption === 'starttls' && (code === 500 || code === 502),
  ],
  ['greeting_refused', (reply) => reply.step === 'hello' && isPermanent(reply) && speaksOfRelay(reply)],
  // Postfix refuses a name as late as at the recipient. A 421 at EHLO is Gmail's for a name that it does not like, and others' for a full house.
  [
    'hello_deferred',
    (reply) => reply.code < 500 && (reply.step === 'hello' || (isOfMail(reply) && speaksOfHello(reply))),
  ],
  ['hello_refused', (reply) => reply.step === 'hello' || (isOfMail(reply) && speaksOfHello(reply))],
  // Exchange says 451 when it wants encryption.
  ['encryption_required', (reply) => reply.encryption === 'none' && isOfMail(reply) && speaksOfMissingTls(reply)],
  ['login_required', (reply) => reply.code === 530 || (isOfMail(reply) && speaksOfMissingLogin(reply))],
  // DirectMail says 436 and Alibaba's enterprise mail 440, temporary codes, when the sender is not the one who logged in.
  [
    'sender_refused',
    (reply) =>
      isOfMail(reply) && (reply.code === 436 || reply.code === 440 || (isPermanent(reply) && speaksOfSender(reply))),
  ],
  // Postfix says 454 or 554, by its settings.
  [
    'relay_denied',
    (reply) => isOfMail(reply) && reply.step !== 'content' && reply.code !== 450 && speaksOfRelay(reply),
  ],
  ['relay_denied', (reply) => isOfMail(reply) && isPermanent(reply) && (speaksOfRelay(reply) || speaksOfAccess(reply))],
  ['relay_denied', (reply) => isOfMail(reply) && reply.code === 551 && isDirectMail(reply)],
  ['recipient_refused', (reply) => isOfMail(reply) && isPermanent(reply) && speaksOfFullMailbox(reply)],
  ['too_large', (reply) => isOfMail(reply) && isPermanent(reply) && speaksOfSize(reply)],
  // NetEase throttles with 421, 450 and 451 and a word such as MI:CEL.
  ['quota', (reply) => reply.code < 500 && says(/\b(HL|MI|RP|DT):[A-Z]{2}/)(reply)],
  // QQ says 550, which is a permanent code, when connections come too often.
  ['quota', (reply) => reply.code !== 421 && speaksOfLimit(reply)],
  ['quota', (reply) => isOfMail(reply) && reply.code === 552 && isDirectMail(reply)],
  ['too_large', (reply) => isOfMail(reply) && reply.code === 557 && isDirectMail(reply)],
  ['recipient_refused', ({ step, code }) => step === 'content' && (code === 559 || code === 561)],
  ['temporary', (reply) => reply.code < 500],
  ['encryption_required', (reply) => reply.encryption === 'none' && speaksOfMissingTls(reply)],
  ['greeting_refused', ({ step }) => step === 'greeting'],
  ['tls_not_offered', ({ step }) => step === 'tls'],
  ['login_not_offered', ({ step, code }) => step === 'login' && code <= 504],
  ['login_rejected', ({ step }) => step === 'login'],
  ['temporary', ({ code }) => code === 503],
  ['sender_refused', ({ step }) => step === 'sender'],
  ['recipient_refused', ({ step }) => step === 'recipient'],
]

export const causeOfReply = (reply: Reply): SmtpCause =>
  rules.find(([, applies]) => applies(reply))?.[0] ?? 'content_refused'
