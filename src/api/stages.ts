/** A check as a stream: each stage as it ends, then how it ended. */
import type { StageResult } from '#channels/contract.ts'

/** Hands on what a generator yields as stages, and what it returns as the end. */
export async function* streamed<End>(
  work: AsyncGenerator<StageResult, End>,
): AsyncGenerator<{ stage: StageResult } | { end: End }, void> {
  for (;;) {
    const step = await work.next()
    if (step.done) {
      yield { end: step.value }
      return
    }
    yield { stage: step.value }
  }
}
