/** What follows from the outcome of an attempt: when to try again, and when to stop. Pure. */
import type { SendError } from '../channels/contract.ts'
import type { Result } from './claim.ts'

/** Seconds before the second attempt, the third, and so on; after the last one the message has failed. */
const delays = [5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 28800]

/** Spreads retries of many messages: 80 to 120 % of the delay. */
const jitter = (seconds: number, random: number) => seconds * (0.8 + 0.4 * random)

type After = Pick<Result, 'status' | 'nextAt' | 'code' | 'detail'>

/**
 * @param repeatable whether an unknown outcome may be repeated with the same reference
 * @param random from 0 to 1
 */
export function outcomeOf(
  error: SendError,
  message: { attempt: number; expiresAt: Date | null },
  now: Date,
  repeatable: boolean,
  random = Math.random(),
): After {
  const told = { code: error.code, detail: error.detail }
  if (error.kind === 'reject') return { ...told, status: 'failed' }
  if (error.kind === 'misconfigured') return { ...told, status: 'queued', nextAt: null }
  if (error.kind === 'unknown' && !repeatable) return { ...told, status: 'unknown' }
  const delay = delays[message.attempt - 1]
  if (delay === undefined) return { ...told, status: error.kind === 'unknown' ? 'unknown' : 'failed' }
  const seconds = error.kind === 'later' ? Math.max(error.retryAfter ?? 60, delay) : jitter(delay, random)
  const nextAt = new Date(now.getTime() + seconds * 1000)
  if (message.expiresAt && nextAt >= message.expiresAt) return { ...told, status: 'expired' }
  return { ...told, status: 'queued', nextAt }
}

/**
 * How a message of a test key ends: never at a provider. The part of the address before `@` or `+` names the ending:
 * `failed`, `unknown`, `expired`, `sent`; everything else is delivered.
 */
export function simulated(recipient: string): After & { providerMessageId?: string } {
  const ending = recipient.split(/[@+]/)[0] ?? ''
  if (ending === 'failed' || ending === 'unknown' || ending === 'expired') return { status: ending, code: 'test_key' }
  return { status: ending === 'sent' ? 'sent' : 'delivered', providerMessageId: 'test' }
}
