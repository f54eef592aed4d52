'use client'
/** Says that one looks after an incident; afterwards the page is read again. */
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import { useTRPCClient } from '../trpc/client.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import { Result, type ResultProps } from '../ui/result.tsx'

export function Acknowledge({ id }: { id: string }) {
  const t = useTranslations('Incidents')
  const words = useProblemWords()
  const client = useTRPCClient()
  const router = useRouter()
  const [problem, setProblem] = useState<ResultProps>()
  const [isBusy, start] = useTransition()
  const acknowledge = () =>
    start(async () => {
      setProblem(undefined)
      try {
        await client.incidents.acknowledge.mutate({ id })
        router.refresh()
      } catch (error) {
        setProblem(words.result(error))
      }
    })
  return (
    <>
      <button type="button" className="quiet" aria-busy={isBusy} disabled={isBusy} onClick={acknowledge}>
        {t('acknowledge')}
      </button>
      {problem && <Result {...problem} />}
    </>
  )
}
