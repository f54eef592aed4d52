/** What the answers of real mail services mean: their texts, over the wire, and the caller's next step. */
import { expect, test } from '@playwright/test'
import type { SendErrorKind } from '#domain/channels/contract.ts'
import { type SmtpOptions, smtp } from '#domain/channels/providers/smtp.ts'
import type { SmtpConfig } from '#domain/channels/providers/smtp-config.ts'
import { type Diagnosis, diagnose, sendErrorFrom } from '#domain/channels/providers/smtp-errors.ts'
import { login, type MailServer, type Script, startMailServer } from '../support/smtp.ts'

type Step = keyof Script
type Row = [service: string, step: Step, code: number, text: string, kind: SendErrorKind, host?: string]

const directMail = 'smtpdm.aliyun.com'
const rows: Row[] = [
  ['any', 'greeting', 421, 'Service not available, closing transmission channel', 'retry'],
  ['any', 'greeting', 554, '5.7.1 Your address is on a block list', 'misconfigured'],
  ['any', 'login', 535, '5.7.8 Error: authentication failed', 'misconfigured'],
  ['any', 'login', 454, '4.7.0 Temporary authentication failure', 'retry'],
  ['QQ', 'login', 454, 'Authentication failed, please open smtp flag first!', 'misconfigured'],
  [
    'QQ',
    'login',
    535,
    'Login fail. Account is abnormal, service is not open, password is incorrect, login frequency limited, or system is busy.',
    'misconfigured',
  ],
  ['QQ', 'login', 550, 'Connection frequency limited', 'later'],
  ['QQ', 'sender', 550, 'Connection frequency limited', 'later'],
  ['QQ', 'sender', 501, 'Mail from address must be same as authorization user.', 'misconfigured'],
  ['QQ', 'recipient', 550, 'Mailbox unavailable or access denied', 'reject'],
  ['DirectMail', 'sender', 436, '"MAIL FROM" doesn\'t conform with authentication', 'misconfigured', directMail],
  ['DirectMail', 'content', 552, 'Daily quota used up', 'later', directMail],
  ['DirectMail', 'content', 552, 'Mails of the month', 'later', directMail],
  ['DirectMail', 'content', 554, 'Reject by content spam', 'reject', directMail],
  ['DirectMail', 'recipient', 559, 'Invalid rcptto', 'reject', directMail],
  ['NetEase', 'login', 550, 'User has no permission', 'misconfigured'],
  ['NetEase', 'sender', 553, 'Mail from must equal authorized user', 'misconfigured'],
  ['NetEase', 'sender', 421, 'HL:REP 163 smtp7', 'later'],
  ['NetEase', 'sender', 450, 'MI:DMC 163 smtp7', 'later'],
  ['NetEase', 'recipient', 451, 'RP:CEL 163 smtp7', 'later'],
  ['NetEase', 'content', 554, 'DT:SPM 163 smtp7', 'reject'],
  ['Microsoft 365', 'login', 535, '5.7.139 SmtpClientAuthentication is disabled for the Tenant.', 'misconfigured'],
  ['Microsoft 365', 'content', 554, '5.2.252 SendAsDenied; not allowed to send as', 'misconfigured'],
  ['Gmail', 'sender', 530, '5.7.0 Authentication Required', 'misconfigured'],
  ['Gmail', 'content', 550, '5.4.5 Daily user sending limit exceeded', 'later'],
  ['Gmail', 'recipient', 552, '5.2.2 The recipient is over quota', 'reject'],
  ['Gmail', 'content', 552, '5.3.4 Your message exceeded the size limits', 'reject'],
  ['Postfix', 'recipient', 450, '4.2.0 Recipient address rejected: Greylisted', 'retry'],
  ['Postfix', 'recipient', 554, '5.7.1 Relay access denied', 'misconfigured'],
  ['Postfix', 'recipient', 553, '5.7.1 Sender address rejected: not owned by user', 'misconfigured'],
  ['Postfix', 'recipient', 550, '5.1.1 Recipient address rejected: User unknown', 'reject'],
  ['Postfix', 'recipient', 551, 'User not local', 'reject'],
  ['Postfix', 'recipient', 553, '5.1.3 Bad address syntax', 'reject'],
  ['any', 'sender', 503, 'Bad sequence of commands', 'retry'],
  ['any', 'sender', 550, 'Sender rejected', 'misconfigured'],
  ['any', 'content', 451, 'Local error in processing', 'retry'],
  ['any', 'content', 550, 'Message refused by policy', 'reject'],
]

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

for (const [service, step, code, text, kind, host = 'localhost'] of rows) {
  test(`${service}: "${code} ${text.slice(0, 60)}" at the ${step} means ${kind}`, async () => {
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
    const error = await provider.send(config, 'someone@customer.example', message, { reference: 'r' }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    server.script = {}
    expect(error).toMatchObject({ kind, code: String(code) })
    expect(server.mails).toEqual([])
  })
}

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
