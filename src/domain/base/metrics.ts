/**
 * What a process counts of its work for those who watch it. The values of labels are few and known: no organization, App, account,
 * recipient, template or code of a vendor is among them.
 */
import type { SendErrorKind } from '#channels/contract.ts'
import type { MessageStatus } from '#db/schema/index.ts'
import type { LimitName } from './codes.ts'
import type { DomainErrorCode } from './errors.ts'

export type Metrics = {
  /** A message was committed, with its job. */
  accepted(message: { channel: string; by: 'message' | 'event' | 'verification' }): void
  /** A call with a live key was refused. */
  refused(code: DomainErrorCode): void
  /** It was refused for a limit. */
  limited(limit: LimitName): void
  /** A provider was handed a message, and what came of it. */
  attempted(attempt: { provider: string; outcome: 'ok' | SendErrorKind; ms: number }): void
  /** The first attempt of a message begins, so long after it was accepted. */
  begun(message: { channel: string; waitedMs: number }): void
  /** A worker is done with a message. A receipt may still say otherwise. */
  finished(message: { channel: string; result: MessageStatus }): void
  /** A provider reported what became of a message; `unmatched` where it is not known, or not yet. */
  received(receipt: { provider: string; result: 'delivered' | 'failed' | 'unmatched' }): void
  /** The first receipt of a message came, so long after it was sent. */
  reported(message: { channel: string; waitedMs: number }): void
  /** An endpoint was told something, or could not be. */
  told(result: '2xx' | '3xx' | '4xx' | '5xx' | 'timed_out' | 'network'): void
  /** Somebody entered a code. */
  checked(answer: string): void
}
