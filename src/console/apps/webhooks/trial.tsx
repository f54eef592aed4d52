'use client'
/** Sends a webhook something for trial, and tells in place how it was answered. */
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#console/trpc/client.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result, type ResultProps } from '#console/ui/result.tsx'
import { useAnswerWords } from './call-words.tsx'
import { type Calls, isUntried } from './use-calls.ts'

/** `home` is the address of the newest calls, where it is seen; undefined where one is there. */
type Options = { id: string; home: string | undefined; calls: Calls }

export function useTrial({ id, home, calls }: Options) {
  const router = useRouter()
  const { mutate, isPending, data, error } = useMutation(useTRPC().webhooks.tryOut.mutationOptions())
  const start = () => {
    if (isPending) return
    mutate(
      { id },
      {
        onSuccess: (made) => {
          calls.follow([made.id])
          if (home) router.push(home, { scroll: false })
        },
      },
    )
  }
  return { start, isPending, error, id: data?.id }
}

export type Trial = ReturnType<typeof useTrial>

export function TrialResult(props: { trial: Trial; calls: Calls }) {
  const result = useTrialResult(props)
  return (
    result && (
      <div className="above-list">
        <Result {...result} />
      </div>
    )
  )
}

function useTrialResult({ trial: { id, error }, calls }: { trial: Trial; calls: Calls }): ResultProps | undefined {
  const t = useTranslations('Webhooks')
  const words = useProblemWords()
  const answerOf = useAnswerWords()
  if (error) return words.result(error)
  const call = calls.rows.find((row) => row.id === id)
  if (id === undefined || !(call || calls.isFollowing)) return undefined
  if (!call || isUntried(call)) return { tone: 'grey', title: t('trialUnderWay') }
  const why = answerOf(call)
  if (call.state === 'delivered') return { tone: 'green', title: t('trialDelivered'), why }
  const next = t(call.state === 'waiting' ? 'trialAgain' : 'trialFinal')
  return { tone: 'amber', title: t('trialRefused'), why, next }
}
