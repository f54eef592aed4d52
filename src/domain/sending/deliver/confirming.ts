/** Questions to providers about their refusals, asked once for many messages. */
import { remembering } from '#domain/base/remembering.ts'

/** Runs a question for all who come with the same one. */
export type Confirm = (key: string, ask: () => Promise<boolean>) => Promise<boolean>

/** For how long it holds, in milliseconds, that a provider's lists say otherwise than its refusals. */
const contradictedFor = 30_000

/** Many messages may be refused for one reason: their provider is asked once. Only that nothing is wrong is remembered. */
export function confirming(): Confirm {
  const answers = remembering<Promise<boolean>>(500)
  return async (key, ask) => {
    const moment = `${key}@${Math.floor(performance.now() / contradictedFor)}`
    const answer = answers.get(moment) ?? ask()
    answers.set(moment, answer)
    const isStopped = await answer.catch((error: unknown) => {
      answers.forget(moment)
      throw error
    })
    if (isStopped) answers.forget(moment)
    return isStopped
  }
}
