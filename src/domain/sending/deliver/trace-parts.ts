/**
 * What a worker's trace is made of. An attempt is part of the call that its message came with. Many are taken in hand together:
 * that is a trace of its own, which each of them is linked to.
 */
import type { Sender } from '#domain/accounts/sender.ts'
import type { Trace, TracePart } from '#domain/base/trace.ts'
import { type Claimed, eventOf, isProblem, type Result } from './claim.ts'

export const batchPart = (jobs: readonly unknown[]): TracePart => ({
  ...{ name: 'take', kind: 'consumer', parent: null },
  attributes: { jobs: jobs.length },
})

export const attemptPart = (message: Claimed, batch: string | undefined): TracePart => {
  const { id, channel, scenario, attempt, traceparent } = message
  return {
    ...{ name: 'attempt', kind: 'consumer', parent: traceparent, links: [batch] },
    attributes: { message: id, channel, scenario, attempt },
  }
}

export const sendPart = ({ provider }: Sender, { channel }: Claimed): TracePart => ({
  ...{ name: 'send', kind: 'client' },
  attributes: { provider: provider.id, channel },
})

export function noteResult(trace: Trace, result: Result): void {
  if (isProblem(result)) trace.fail(eventOf(result))
  else trace.note({ outcome: eventOf(result) })
}
