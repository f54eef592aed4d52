/**
 * What a code of the delivery says, in words, and what to do about it: those of the cause that its provider found. A code
 * without a cause that is known has no words and is shown as it is.
 */
import { type DynamicWords, useDynamicWords } from '../ui/dynamic-words.ts'

export type OutcomeWords = { what: string | undefined; hint: string | undefined }
const nothing: OutcomeWords = { what: undefined, hint: undefined }

const wordsOf = (words: DynamicWords, key: string): OutcomeWords => ({
  what: words.find(key),
  hint: words.find(`${key}Hint`),
})

/** Of a template that cannot be used the detail says why: a reason of ours, then the provider's own words, where it has any. */
export function unusableBecause(
  code: string | null,
  detail: string | null,
): { reason: string; rest: string } | undefined {
  const [, reason, rest] = (code === 'template_not_usable' && /^(\w+)(?:: (.*))?$/s.exec(detail ?? '')) || []
  return reason ? { reason, rest: rest ?? '' } : undefined
}

/** The words of a code, or of the cause that a provider names behind it; nothing for one that has none. */
export function useOutcomeWords(): (code: string | null, detail?: string | null) => OutcomeWords {
  const words = useDynamicWords('Outcome')
  const reasons = useDynamicWords('Reason')
  return (code, detail = null) => {
    if (!code) return nothing
    const because = unusableBecause(code, detail)
    const ofReason = because ? wordsOf(reasons, because.reason) : nothing
    return ofReason.what ? ofReason : wordsOf(words, code)
  }
}
