'use client'
/** What the last call with such a content has shown: its code, its calling number and its variables decide. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { isTemplateId } from '#channels/texts.ts'
import { proofSubject } from '#channels/voice/check.ts'
import type { VoiceContent } from '#channels/voice/content.ts'
import { useTRPC } from '#console/trpc/client.tsx'
import type { About } from '../about.ts'

/** @param content as it is sent. `proof` is null while no call was made, undefined while that is not known. */
export function useProof({ templateKey: { accountId }, texts }: About, content: VoiceContent) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const isComplete = content.ttsCode !== '' && isTemplateId(texts, content.ttsCode)
  const subject = proofSubject(content)
  const { data, error } = useQuery(trpc.templates.proof.queryOptions({ accountId, subject }, { enabled: isComplete }))
  return {
    proof: isComplete ? data : null,
    error: error as Error | null,
    /** Reads it again: a call was made. */
    changed: () =>
      Promise.all([
        queryClient.invalidateQueries(trpc.templates.proof.pathFilter()),
        queryClient.invalidateQueries(trpc.templates.get.pathFilter()),
      ]),
  }
}

export type Proof = ReturnType<typeof useProof>['proof']
