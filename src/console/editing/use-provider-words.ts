'use client'
/** A provider that did not answer as it should, in words: what happened, what to do, and its own code to ask about. */
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { domainErrorOf, useProblemWords } from '#console/ui/problem-words.tsx'
import type { ResultProps } from '#console/ui/result.tsx'

/** The words of any error of a question to a provider. Uses `Cause` besides what problem words use. */
export function useProviderWords(): (error: unknown) => ResultProps {
  const causes = useDynamicWords('Cause')
  const words = useProblemWords()
  return (error) => {
    const data = domainErrorOf(error)?.data
    const usual = words.result(error)
    if (!data?.provider) return usual
    const { reason = '', provider } = data
    const { code, detail, requestId } = provider
    const said = { code, ...(detail ? { detail } : {}), ...(requestId ? { requestId } : {}) }
    return { ...usual, why: causes.find(reason), next: causes.find(`${reason}Hint`), ...said }
  }
}
