/** Validate for an SMTP account: a session opened for this alone, a stage at a time, each with its result and time. */
import type { Socket } from 'node:net'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import { v7 } from 'uuid'
import type { StageResult } from '#channels/contract.ts'
import type { EmailMessage } from '#channels/email/email.ts'
import { type CheckedHost, resolveAllowed } from '../addresses.ts'
import { mailFor, type SmtpConfig, secretsOf } from './config.ts'
import { dial, during, encrypt, login, offerSender, type Reach, startSession, type Timeouts } from './connect.ts'
import { type Diagnosis, diagnose, isPassing, redact, type Where } from './errors.ts'

type Stage = 'resolve' | 'connect' | 'tls' | 'login' | 'sender'

const testMessage: EmailMessage = {
  subject: 'Signet: this account works / 账户可用',
  html: '<p>This mail proves that the account can send.</p><p lang="zh-CN">这封邮件证明该账户可以发信。</p>',
  text: 'This mail proves that the account can send.\n\n这封邮件证明该账户可以发信。\n',
}

type Timed<T> = [result: StageResult, value?: T]

const isOfTls = ({ cause, step }: Diagnosis) => step === 'tls' || /^(tls|certificate)_/.test(cause)

/** Runs a stage and says how it went; a failed one has no value. */
async function timed<T>(
  config: SmtpConfig,
  stage: Stage | ((failure: Diagnosis) => Stage),
  where: Pick<Where, 'stage'>,
  run: () => Promise<T>,
): Promise<Timed<T>> {
  const start = performance.now()
  const elapsed = () => Math.round(performance.now() - start)
  try {
    const value = await run()
    return [{ stage: typeof stage === 'string' ? stage : 'tls', ok: true, ms: elapsed() }, value]
  } catch (error) {
    const failure = diagnose(error, { host: config.host, encryption: config.encryption, ...where })
    const name = typeof stage === 'string' ? stage : stage(failure)
    const detail = redact(failure.words, secretsOf(config))
    const { cause, code } = failure
    const passing = isPassing(cause) ? { passing: true as const } : {}
    return [{ stage: name, ok: false, ms: elapsed(), cause, ...passing, code, ...(detail ? { detail } : {}) }]
  }
}

/** From a host that was checked to a session, with the stages that this took. */
async function* open(
  config: SmtpConfig,
  target: CheckedHost,
  reach: Reach,
  timeouts: Timeouts,
  signal?: AbortSignal,
): AsyncGenerator<StageResult, SMTPConnection | undefined> {
  const [connected, line] = await timed(config, 'connect', { stage: 'connect' }, () =>
    dial(target, config.port, timeouts.connect, signal),
  )
  if (!line) return void (yield connected)
  const start = (socket: Socket) => startSession(socket, target.host, config, reach, timeouts, signal)
  if (config.encryption === 'none') {
    const [greeted, session] = await timed(config, 'connect', { stage: 'session' }, () => start(line))
    yield { ...greeted, ms: connected.ms + greeted.ms }
    return session
  }
  if (config.encryption === 'tls') {
    yield connected
    const where: Pick<Where, 'stage'> = { stage: 'tls' }
    const [secured, session] = await timed(config, 'tls', where, async () => {
      const socket = await encrypt(line, target.host, reach.context, timeouts.connect, signal)
      where.stage = 'session'
      return start(socket)
    })
    yield secured
    return session
  }
  const stage = (failure: Diagnosis) => (isOfTls(failure) ? 'tls' : 'connect')
  const [upgraded, session] = await timed(config, stage, { stage: 'session' }, () => start(line))
  if (upgraded.stage === 'tls') yield connected
  yield upgraded
  return session
}

async function sendTest(session: SMTPConnection, config: SmtpConfig, to: string, signal?: AbortSignal): Promise<void> {
  const { raw } = mailFor(config, to, testMessage, v7())
  const envelope = { from: config.fromAddress, to, size: raw.length }
  await during(session, (done) => session.send(envelope, raw, done), signal)
}

/** That the from address has no mailbox says nothing against sending from it. */
async function offer(session: SMTPConnection, config: SmtpConfig, signal?: AbortSignal): Promise<void> {
  try {
    await offerSender(session, config.fromAddress, signal)
  } catch (error) {
    const { cause, step } = diagnose(error, config)
    if (cause !== 'recipient_refused' || step !== 'recipient') throw error
  }
}

/** The stages of Validate in order, up to the first that fails. With a test recipient the last one sends a real mail. */
export async function* checkSmtp(
  config: SmtpConfig,
  reach: Reach,
  timeouts: Timeouts,
  testRecipient?: string,
  signal?: AbortSignal,
): AsyncGenerator<StageResult> {
  const [resolved, target] = await timed(config, 'resolve', {}, () =>
    resolveAllowed(config.host, reach.allow, reach.resolve),
  )
  yield resolved
  if (!target) return
  const session = yield* open(config, target, reach, timeouts, signal)
  if (!session) return
  try {
    if (config.username !== '') {
      const [loggedIn] = await timed(config, 'login', {}, () => login(session, config, signal))
      yield loggedIn
      if (!loggedIn.ok) return
    }
    const [offered] = testRecipient
      ? await timed(config, 'sender', {}, () => sendTest(session, config, testRecipient, signal))
      : await timed(config, 'sender', {}, () => offer(session, config, signal))
    yield offered
  } finally {
    session.quit()
  }
}
