/**
 * A place in a trace: what is under way, for those who watch where time goes. A `Ctx` has none while tracing is off, and nothing is
 * spent on it then. What is told of it is little: no recipient, code, secret or content is among it.
 */
import { SendError } from '#channels/contract.ts'
import { isDomainError, isUnavailable } from './errors.ts'

export type TraceAttributes = {
  channel?: string | undefined
  scenario?: string | undefined
  provider?: string
  /** Id of a message. */
  message?: string
  /** The number of the try. */
  attempt?: number
  /** What an endpoint is told of. */
  event?: string
  /** How many are taken together. */
  jobs?: number
  outcome?: string
  /** Of an answer by HTTP. */
  status?: number
}

/** A part of a trace, as it begins. */
export type TracePart = {
  name: string
  /** Whether it answers somebody, takes what was queued, or asks somebody. */
  kind: 'server' | 'consumer' | 'client'
  /** What it is part of, in the form of `traceparent`; null begins a trace. What is none counts as null. Without it: the place it begins at. */
  parent?: string | null | undefined
  /** What else it has to do with, in the same form. */
  links?: readonly (string | undefined)[]
  attributes?: TraceAttributes
}

export type Trace = {
  /** How it is told to others: a `traceparent` of W3C Trace Context. Undefined where nothing has begun yet. */
  readonly traceparent: string | undefined
  note(attributes: TraceAttributes): void
  /** Notes an outcome that somebody may want to look for. */
  fail(outcome: string): void
  begin(part: TracePart): Trace
  end(): void
}

/** What is told of an error: one of few words. */
export function outcomeOf(error: unknown): string {
  if (error instanceof SendError) return error.kind
  if (isDomainError(error)) return error.code
  return isUnavailable(error) ? 'unavailable' : 'internal'
}

/** A context, of which nothing else is of interest here. */
type Within = { trace?: Trace }

async function tracedIn<Of extends Within, Output>(
  ctx: Of,
  trace: Trace,
  part: TracePart,
  run: (within: Of) => Promise<Output>,
): Promise<Output> {
  const begun = trace.begin(part)
  try {
    return await run({ ...ctx, trace: begun })
  } catch (error) {
    begun.fail(outcomeOf(error))
    throw error
  } finally {
    begun.end()
  }
}

/**
 * Runs something as a part of its trace; what it does with the context that it is given is part of it in turn.
 * @param part asked only while tracing is on
 */
export const traced = <Of extends Within, Output>(
  ctx: Of,
  part: () => TracePart,
  run: (within: Of) => Promise<Output>,
): Promise<Output> => (ctx.trace ? tracedIn(ctx, ctx.trace, part(), run) : run(ctx))
