/** How providers ask their vendors: with errors of the contract in place of failed calls, and in stages of a check. */
import { LookupError, type Stage, type StageResult } from '#channels/contract.ts'
import { CallFailure } from './lines.ts'

/** The answer to a call. @throws what `errorFrom` makes of a call that failed */
export async function answerOr<T>(call: Promise<T>, errorFrom: (failure: CallFailure) => Error): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw error instanceof CallFailure ? errorFrom(error) : error
  }
}

export type StageFailure = Omit<StageResult, 'stage' | 'ok' | 'ms'>
export type Timed<T> = { ms: number; value: T; failure?: never } | { ms: number; failure: StageFailure }

/** A question of a check: its answer, or the failure that a LookupError tells of, and how long it took. */
export async function timed<T>(ask: () => Promise<T>): Promise<Timed<T>> {
  const start = performance.now()
  const elapsed = () => Math.round(performance.now() - start)
  try {
    return { value: await ask(), ms: elapsed() }
  } catch (error) {
    if (!(error instanceof LookupError)) throw error
    const { reason: cause, kind, code, detail, requestId } = error
    // What may pass at another try says nothing about the account.
    const passing = kind === 'retry' || kind === 'later' ? { passing: true as const } : {}
    const more = { ...(detail ? { detail } : {}), ...(requestId ? { requestId } : {}) }
    return { ms: elapsed(), failure: { cause, code, ...passing, ...more } }
  }
}

/**
 * Two stages out of one question, for a service that has none which every key may ask: whether the key is accepted, and
 * whether it may ask this. Returns whether both passed.
 * @param open causes that leave open whether the key is right; after any other the service has looked at it and accepted it
 */
export function* keyStages(
  stage: Stage,
  { ms, failure }: Timed<unknown>,
  open: readonly StageResult['cause'][],
): Generator<StageResult, boolean> {
  const isAccepted = !failure || !open.includes(failure.cause)
  yield { stage: 'credentials', ok: isAccepted, ms, ...(isAccepted ? {} : failure) }
  if (isAccepted) yield { stage, ok: !failure, ms: 0, ...failure }
  return !failure
}
