/** What follows from the outcome of an attempt: when to try again, when to ask, and when to stop. Pure. */
import type { Provider, SendError } from '#channels/contract.ts'
import type { Result } from './claim.ts'

/** Seconds before the second attempt, the third, and so on; after the last one the message has failed. */
const delays = [5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 28800]

/** Spreads retries of many messages: 80 to 120 % of the delay. */
const jitter = (seconds: number, random: number) => seconds * (0.8 + 0.4 * random)

type After = Pick<Result, 'status' | 'nextAt' | 'code' | 'cause' | 'detail'>

/**
 * Until when a message that may have been sent may be sent again; in the past where it may not be.
 * @param since when the first attempt began that may have been sent
 */
export function repeatableUntil(
  { repeatable, repeatableFor = Number.POSITIVE_INFINITY }: Repeats,
  since: Date,
): number {
  return repeatable ? since.getTime() + repeatableFor * 1000 : Number.NEGATIVE_INFINITY
}

type Repeats = Pick<Provider, 'repeatable' | 'repeatableFor'>

/**
 * @param lastRepeat until when an unknown outcome may be repeated with the same reference
 * @param random from 0 to 1
 */
export function outcomeOf(
  error: SendError,
  message: { attempt: number; expiresAt: Date | null },
  now: Date,
  lastRepeat: number,
  random = Math.random(),
): After {
  const reason = { code: error.code, cause: error.reason, detail: error.detail }
  if (error.kind === 'reject') return { ...reason, status: 'failed' }
  if (error.kind === 'misconfigured') return { ...reason, status: 'queued', nextAt: null }
  const delay = delays[message.attempt - 1]
  if (delay === undefined) return { ...reason, status: error.kind === 'unknown' ? 'unknown' : 'failed' }
  const seconds = error.kind === 'later' ? Math.max(error.retryAfter ?? 60, delay) : jitter(delay, random)
  const nextAt = new Date(now.getTime() + seconds * 1000)
  if (error.kind === 'unknown' && nextAt.getTime() > lastRepeat) return { ...reason, status: 'unknown' }
  if (message.expiresAt && nextAt >= message.expiresAt) return { ...reason, status: 'expired' }
  return { ...reason, status: 'queued', nextAt }
}

/** Seconds until the provider is asked: about a message that was taken, after receipts usually have come; about a lost one at once. */
const askAfter = { taken: 600, lost: 60 }

/**
 * How it is found out what became of a message that was handed over: the names that receipts may call it by, and when to ask.
 * @param providerMessageId absent when its outcome is unknown
 */
export function followUp(
  { provider }: { provider: Provider },
  messageId: string,
  now: Date,
  providerMessageId?: string,
): Pick<Result, 'settleAt' | 'references'> {
  const seconds = providerMessageId === undefined ? askAfter.lost : askAfter.taken
  const theirs = [providerMessageId, provider.vendorReference?.(messageId)].flatMap((name) => name || [])
  return {
    ...(provider.settle ? { settleAt: new Date(now.getTime() + seconds * 1000) } : {}),
    ...(provider.receiptsByTheirId ? { references: theirs } : {}),
  }
}

/** The endings that a recipient can name to a test key, and the last digits of a phone number that names them. */
export const testEndings = { failed: '0001', unknown: '0002', expired: '0003', sent: '0004' } as const
type TestEnding = keyof typeof testEndings

/** A mail address names it before `@` or `+`, a phone number in its last digits, an openid at its end. */
function endingNamedBy(recipient: string): TestEnding | undefined {
  const endings = Object.keys(testEndings) as TestEnding[]
  const local = recipient.includes('@') ? recipient.toLowerCase().split(/[@+]/)[0] : undefined
  if (local !== undefined) return endings.find((ending) => ending === local)
  return endings.find((ending) => recipient.endsWith(recipient.startsWith('+') ? testEndings[ending] : ending))
}

/** How a message of a test key ends: never at a provider. */
export function simulated(recipient: string): After & { providerMessageId?: string } {
  const ending = endingNamedBy(recipient)
  if (ending && ending !== 'sent') return { status: ending, code: 'test_key' }
  return { status: ending ?? 'delivered', providerMessageId: 'test' }
}
