/**
 * The provider `smtp`: any mail server that speaks SMTP. Hides sessions, MIME and the many ways servers refuse. Promises
 * a check in stages that never throws, sends over kept sessions, and errors without secrets, addresses or values.
 */
import { createHash } from 'node:crypto'
import tls from 'node:tls'
import type { Provider, SendOptions } from '#channels/contract.ts'
import type { EmailMessage } from '#channels/email/email.ts'
import { type Resolve, readAllowList, resolveAllowed } from '../addresses.ts'
import { checkSmtp } from './check.ts'
import { mailFor, SmtpConfig, secretsOf } from './config.ts'
import { dial, type Endpoint, encrypt, helloName, login, type Reach, startSession, type Timeouts } from './connect.ts'
import { diagnose, explained, redact, sendErrorFrom } from './errors.ts'
import { DeliveryError, type PoolLimits, SmtpPool } from './pool.ts'
import { smtpPresets } from './presets.ts'

export type SmtpOptions = {
  /** Hosts, addresses and ranges that may be reached besides public addresses. */
  allow: readonly string[]
  /** Certificates in PEM that are trusted besides the usual authorities. */
  authorities?: readonly string[]
  /** How Signet calls itself to servers (EHLO); without it the domain of the from address. */
  name?: string
  resolve?: Resolve
  timeouts?: Partial<Timeouts>
  pool?: Partial<PoolLimits>
}

const patience: Timeouts = { connect: 10_000, greeting: 30_000, command: 120_000 }
const checkPatience: Timeouts = { connect: 10_000, greeting: 10_000, command: 15_000 }
const poolLimits: PoolLimits = { sessions: 10, mailsPerSession: 100, idle: 20_000 }

async function openSession(endpoint: Endpoint, reach: Reach, timeouts: Timeouts) {
  const target = await resolveAllowed(endpoint.host, reach.allow, reach.resolve)
  const line = await dial(target, endpoint.port, timeouts.connect)
  const socket =
    endpoint.encryption === 'tls' ? await encrypt(line, target.host, reach.context, timeouts.connect) : line
  const session = await startSession(socket, target.host, endpoint, reach, timeouts)
  try {
    await login(session, endpoint)
  } catch (error) {
    session.close()
    throw error
  }
  return session
}

const trustAlso = (authorities: readonly string[]) =>
  tls.createSecureContext({ ca: [...tls.getCACertificates('default'), ...authorities] })

/** The provider, with sessions of its own. */
export function smtp(options: SmtpOptions): Provider<SmtpConfig, EmailMessage> {
  const reach: Reach = {
    allow: readAllowList(options.allow),
    ...(options.resolve ? { resolve: options.resolve } : {}),
    ...(options.name ? { name: options.name } : {}),
    ...(options.authorities?.length ? { context: trustAlso(options.authorities) } : {}),
  }
  const pools = new Map<string, SmtpPool>()

  function poolFor(endpoint: Endpoint): SmtpPool {
    const { host, port, encryption, username, password } = endpoint
    const key = createHash('sha256')
      .update(JSON.stringify([host, port, encryption, username, password, helloName(reach, endpoint)]))
      .digest('base64')
    const kept = pools.get(key)
    if (kept) return kept
    const open = () => openSession(endpoint, reach, { ...patience, ...options.timeouts })
    // An account that was changed has another key, and the sessions of the old one end as they fall idle.
    const pool = new SmtpPool(open, { ...poolLimits, ...options.pool }, () => pools.delete(key))
    pools.set(key, pool)
    return pool
  }

  async function send(config: SmtpConfig, to: string, message: EmailMessage, options: SendOptions) {
    try {
      const { raw, messageId } = mailFor(config, to, message, options.reference)
      const info = await poolFor(config).send({ from: config.fromAddress, to, raw, ...options })
      return { providerMessageId: info.serverMessageId ?? messageId }
    } catch (error) {
      const wasHandedOver = error instanceof DeliveryError && error.wasHandedOver
      // What a server says as it hangs up names no step: after all of the mail it can only be about that.
      const where = wasHandedOver ? { ...config, step: 'content' as const } : config
      const diagnosis = diagnose(error instanceof DeliveryError ? error.cause : error, where)
      const content = `${message.subject}\n${message.text}\n${message.html}`
      throw sendErrorFrom(diagnosis, wasHandedOver, redact(diagnosis.words, secretsOf(config, to), content))
    }
  }

  return {
    id: 'smtp',
    channel: 'email',
    config: SmtpConfig,
    presets: smtpPresets,
    identity: ({ username, host, port }) => `${username ? `${username}@` : ''}${host}:${port}`,
    check: (config, { testRecipient, signal }) =>
      checkSmtp(config, reach, { ...checkPatience, ...options.timeouts }, testRecipient, signal),
    send,
    checkSends: true,
    repeatable: true,
    passingCauses: ['certificate_expired'],
    explain: explained,
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()))
    },
  }
}
