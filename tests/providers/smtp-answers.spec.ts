/** What the answers of real mail services mean: their texts, over the wire, and the caller's next step. */
import { expect, test } from '@playwright/test'
import type { SendErrorKind } from '#channels/contract.ts'
import type { SmtpConfig } from '#providers/smtp/config.ts'
import { type Diagnosis, diagnose, redact, sendErrorFrom } from '#providers/smtp/errors.ts'
import type { SmtpCause } from '#providers/smtp/replies.ts'
import { type SmtpOptions, smtp } from '#providers/smtp/smtp.ts'
import { login, type MailServer, type Script, startMailServer } from '../support/smtp.ts'

type Step = keyof Script
type Row = [service: string, step: Step, code: number, text: string, cause: SmtpCause, host?: string]

const directMail = 'smtpdm.aliyun.com'
const to = 'someone@customer.example'

/** By the caller's next step. The account is stopped, and its messages wait, only by what is about the account. */
const table: Partial<Record<SendErrorKind, Row[]>> = {
  misconfigured: [
    ['any', 'greeting', 554, '5.7.1 Your address is on a block list', 'greeting_refused'],
    ['any', 'login', 535, '5.7.8 Error: authentication failed', 'login_rejected'],
    ['any', 'sender', 550, 'Sender rejected', 'sender_refused'],
    ['Postfix', 'sender', 530, '5.7.0 Must issue a STARTTLS command first', 'encryption_required'],
    ['Postfix', 'recipient', 554, '5.7.1 Relay access denied', 'relay_denied'],
    ['Postfix', 'recipient', 454, `4.7.1 <${to}>: Relay access denied`, 'relay_denied'],
    ['Postfix', 'recipient', 554, '5.7.1 <unknown[192.0.2.7]>: Client host rejected: Access denied', 'relay_denied'],
    ['Postfix', 'recipient', 554, `5.7.1 <${to}>: Recipient address rejected: Access denied`, 'relay_denied'],
    ['Postfix', 'recipient', 554, '5.7.1 <a@shop.example>: Sender address rejected: Access denied', 'sender_refused'],
    ['Postfix', 'recipient', 553, '5.7.1 <a@shop.example>: Sender address rejected: not logged in', 'login_required'],
    ['Postfix', 'recipient', 554, '5.7.1 <a@shop.example>: Sender address rejected: not logged in', 'login_required'],
    ['Postfix', 'recipient', 553, '5.7.1 Sender address rejected: not owned by user', 'sender_refused'],
    [
      'Postfix',
      'recipient',
      550,
      '5.1.8 <a@shop.example>: Sender address rejected: Domain not found',
      'sender_refused',
    ],
    ['Postfix', 'recipient', 504, '5.5.2 <web>: Helo command rejected: need fully-qualified hostname', 'hello_refused'],
    [
      'Postfix',
      'recipient',
      554,
      '5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.example',
      'relay_denied',
    ],
    ['Exim', 'login', 535, 'Incorrect authentication data', 'login_rejected'],
    ['Exim', 'recipient', 550, 'relay not permitted', 'relay_denied'],
    ['Exim', 'recipient', 550, 'Sender verify failed', 'sender_refused'],
    ['Exim', 'recipient', 550, 'Please turn on SMTP Authentication in your mail client.', 'login_required'],
    ['Exim', 'sender', 550, 'Access denied - Invalid HELO name (See RFC2821 4.1.1.1)', 'hello_refused'],
    ['OpenSMTPD', 'login', 535, 'Authentication failed', 'login_rejected'],
    ['OpenSMTPD', 'sender', 530, '5.5.1 Invalid command: Must issue an AUTH command first', 'login_required'],
    ['sendmail', 'recipient', 550, `5.7.1 <${to}>... Relaying denied`, 'relay_denied'],
    ['qmail', 'recipient', 553, "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", 'relay_denied'],
    ['Exchange', 'login', 535, '5.7.3 Authentication unsuccessful', 'login_rejected'],
    ['Exchange', 'sender', 451, '5.7.3 STARTTLS is required to send mail', 'encryption_required'],
    [
      'Exchange',
      'sender',
      530,
      '5.7.57 Client was not authenticated to send anonymous mail during MAIL FROM',
      'login_required',
    ],
    ['Exchange', 'recipient', 550, '5.7.54 SMTP; Unable to relay recipient in non-accepted domain', 'relay_denied'],
    ['Exchange', 'recipient', 550, '5.7.1 Unable to relay', 'relay_denied'],
    [
      'Exchange',
      'content',
      550,
      '5.7.60 SMTP; Client does not have permissions to send as this sender',
      'sender_refused',
    ],
    [
      'Microsoft 365',
      'login',
      535,
      '5.7.139 SmtpClientAuthentication is disabled for the Tenant.',
      'login_not_enabled',
    ],
    ['Microsoft 365', 'content', 554, '5.2.252 SendAsDenied; a@shop.example not allowed to send as', 'sender_refused'],
    [
      'Microsoft 365',
      'content',
      550,
      '5.7.501 Service unavailable. Access denied, spam abuse detected.',
      'relay_denied',
    ],
    ['Gmail', 'login', 535, '5.7.8 Username and Password not accepted. For more information, go to', 'login_rejected'],
    ['Gmail', 'login', 534, '5.7.9 Application-specific password required.', 'login_rejected'],
    ['Gmail', 'sender', 530, '5.7.0 Authentication Required', 'login_required'],
    ['Gmail', 'recipient', 550, '5.7.0 Mail relay denied [192.0.2.7]. Invalid credentials for relay', 'relay_denied'],
    ['QQ', 'login', 454, 'Authentication failed, please open smtp flag first!', 'login_not_enabled'],
    [
      'QQ',
      'login',
      535,
      'Login fail. Account is abnormal, service is not open, password is incorrect, login frequency limited, or system is busy.',
      'login_rejected',
    ],
    ['QQ', 'sender', 501, 'Mail from address must be same as authorization user.', 'sender_refused'],
    ['QQ', 'sender', 503, 'Error: need EHLO and AUTH first !', 'login_required'],
    ['NetEase', 'login', 550, 'User has no permission', 'login_not_enabled'],
    ['NetEase', 'sender', 553, 'Mail from must equal authorized user', 'sender_refused'],
    ['NetEase', 'sender', 553, 'authentication is required,163 smtp7', 'login_required'],
    ['NetEase', 'recipient', 553, 'Requested action not taken: Local user only', 'relay_denied'],
    ['NetEase', 'content', 554, 'DT:SUM 163 smtp7', 'sender_refused'],
    ['DirectMail', 'sender', 436, '"MAIL FROM" doesn\'t conform with authentication', 'sender_refused', directMail],
    ['DirectMail', 'sender', 440, "mail from account doesn't conform with authentication", 'sender_refused'],
    ['DirectMail', 'recipient', 551, 'The main account is unavailable', 'relay_denied', directMail],
    ['SES', 'login', 535, 'Authentication Credentials Invalid', 'login_rejected'],
    ['SES', 'sender', 530, 'Authentication required', 'login_required'],
    [
      'SES',
      'content',
      554,
      'Message rejected: Email address is not verified. The following identities failed',
      'sender_refused',
    ],
    [
      'SES',
      'content',
      554,
      'Access denied: User `arn:x` is not authorized to perform `ses:SendRawEmail`',
      'relay_denied',
    ],
    ['SES', 'content', 554, 'Message rejected: Sending suspended for this account.', 'relay_denied'],
  ],
  later: [
    ['Microsoft 365', 'content', 554, '5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException', 'quota'],
    ['Gmail', 'content', 550, '5.4.5 Daily user sending limit exceeded', 'quota'],
    ['QQ', 'login', 550, 'Connection frequency limited', 'quota'],
    ['QQ', 'sender', 550, 'Connection frequency limited', 'quota'],
    ['NetEase', 'sender', 421, 'HL:REP 163 smtp7', 'quota'],
    ['NetEase', 'sender', 450, 'MI:DMC 163 smtp7', 'quota'],
    ['NetEase', 'recipient', 451, 'RP:CEL 163 smtp7', 'quota'],
    ['DirectMail', 'content', 552, 'Daily quota used up', 'quota', directMail],
    ['DirectMail', 'content', 552, 'Mails of the month', 'quota', directMail],
    ['SES', 'content', 454, 'Throttling failure: Maximum sending rate exceeded.', 'quota'],
    ['SES', 'content', 454, 'Throttling failure: Daily message quota exceeded.', 'quota'],
  ],
  retry: [
    ['any', 'greeting', 421, 'Service not available, closing transmission channel', 'temporary'],
    ['any', 'login', 454, '4.7.0 Temporary authentication failure', 'temporary'],
    ['any', 'sender', 503, 'Bad sequence of commands', 'temporary'],
    ['any', 'content', 451, 'Local error in processing', 'temporary'],
    ['Postfix', 'recipient', 450, '4.2.0 Recipient address rejected: Greylisted', 'temporary'],
    ['Postfix', 'recipient', 450, '4.7.1 Client host rejected: cannot find your hostname, [192.0.2.7]', 'temporary'],
    ['Postfix', 'recipient', 450, '4.7.1 <web>: Helo command rejected: Host not found', 'hello_deferred'],
    ['Exim', 'recipient', 451, 'Temporary local problem - please try later', 'temporary'],
  ],
  reject: [
    ['any', 'content', 550, 'Message refused by policy', 'content_refused'],
    ['Postfix', 'recipient', 550, '5.1.1 Recipient address rejected: User unknown', 'recipient_refused'],
    ['Postfix', 'recipient', 551, 'User not local', 'recipient_refused'],
    ['Postfix', 'recipient', 553, '5.1.3 Bad address syntax', 'recipient_refused'],
    ['Exim', 'recipient', 550, 'Unrouteable address', 'recipient_refused'],
    ['OpenSMTPD', 'recipient', 550, `Invalid recipient: <${to}>`, 'recipient_refused'],
    [
      'Microsoft 365',
      'recipient',
      550,
      '5.4.1 Recipient address rejected: Access denied. AS(201806281)',
      'recipient_refused',
    ],
    ['Gmail', 'recipient', 552, '5.2.2 The recipient is over quota', 'recipient_refused'],
    ['Gmail', 'recipient', 550, '5.1.1 The email account that you tried to reach does not exist.', 'recipient_refused'],
    ['Gmail', 'content', 552, '5.3.4 Your message exceeded the size limits', 'too_large'],
    ['QQ', 'recipient', 550, 'Mailbox unavailable or access denied', 'recipient_refused'],
    ['NetEase', 'content', 554, 'DT:SPM 163 smtp7', 'content_refused'],
    ['DirectMail', 'content', 554, 'Reject by content spam', 'content_refused', directMail],
    ['DirectMail', 'recipient', 559, 'Invalid rcptto', 'recipient_refused', directMail],
    ['DirectMail', 'content', 557, 'The mail is over the limit', 'too_large', directMail],
    ['SES', 'content', 554, 'Transaction failed: Invalid domain name', 'content_refused'],
    // Whoever names a recipient does not speak for the server.
    ['any', 'recipient', 550, '5.1.1 <SendAsDenied;starttls@customer.example>: no such user', 'recipient_refused'],
    ['any', 'recipient', 550, '5.1.1 <starttls@customer.example>: no such user', 'recipient_refused'],
  ],
}

let server: MailServer
const options: SmtpOptions = {
  allow: ['127.0.0.1', directMail],
  resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  pool: { idle: 50 },
}
const provider = smtp(options)

test.beforeAll(async () => {
  server = await startMailServer()
})
test.afterAll(async () => {
  await provider.close?.()
  await server.close()
})

const rows = Object.entries(table).flatMap(([kind, of]) => of.map((row) => [kind, row] as const))
for (const [kind, [service, step, code, text, cause, host = 'localhost']] of rows) {
  test(`${service}: "${code} ${text.slice(0, 60)}" at the ${step} means ${cause}, and so ${kind}`, async () => {
    const config: SmtpConfig = {
      host,
      port: server.port,
      encryption: 'none',
      username: login.user,
      password: login.password,
      fromAddress: login.user,
      fromName: '',
      replyTo: '',
    }
    // Steps of opening a session need one that is not kept.
    if (step === 'greeting' || step === 'login') await expect.poll(() => server.open).toBe(0)
    server.script = { [step]: { code, text } }
    const message = { subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' }
    const error = await provider.send(config, to, message, { reference: 'r' }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    server.script = {}
    expect(error).toMatchObject({ kind, code: String(code), reason: cause })
    expect(server.mails).toEqual([])
  })
}

test('a reply of several lines is read as one, wherever it breaks', () => {
  const response =
    '550-5.7.60 SMTP; Client does not have permissions to\r\n550-5.7.60 send as this\r\n550 5.7.60 sender'
  const refused = Object.assign(new Error(), { code: 'EMESSAGE', command: 'DATA', responseCode: 550, response })
  const { cause, words } = diagnose(refused, { host: 'mail.example.com', encryption: 'tls' })
  expect(cause).toBe('sender_refused')
  expect(redact(words, [])).toBe('5.7.60 SMTP; Client does not have permissions to 5.7.60 send as this 5.7.60 sender')
})

test('a failed look-up is tried again, a name that does not exist is not', async () => {
  const kindFor = async (code: string) => {
    const failing = smtp({ ...options, resolve: () => Promise.reject(Object.assign(new Error(code), { code })) })
    const config = { host: 'mail.example.com', port: 25, encryption: 'none', username: '', password: '' } as const
    const account: SmtpConfig = { ...config, fromAddress: 'a@example.com', fromName: '', replyTo: '' }
    const message = { subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' }
    const sending = failing.send(account, 'b@example.com', message, { reference: 'r' })
    return sending.catch((error: { kind: SendErrorKind }) => error.kind)
  }
  expect(await kindFor('EAI_AGAIN')).toBe('retry')
  expect(await kindFor('ENOTFOUND')).toBe('misconfigured')
})

test('an answer is an answer even after the mail was handed over: only silence leaves the outcome unknown', () => {
  const where = { host: 'mail.example.com', encryption: 'tls' }
  const answered = diagnose(
    Object.assign(new Error(), { code: 'EMESSAGE', command: 'DATA', responseCode: 451, response: '451 later' }),
    where,
  )
  const silent: Diagnosis = diagnose(
    Object.assign(new Error(), { code: 'ETIMEDOUT', timeoutType: 'SOCKET_TIMEOUT' }),
    where,
  )
  expect(sendErrorFrom(answered, true, '').kind).toBe('retry')
  expect(sendErrorFrom(silent, true, '').kind).toBe('unknown')
  expect(sendErrorFrom(silent, false, '').kind).toBe('retry')
})
