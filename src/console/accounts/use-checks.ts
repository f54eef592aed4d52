'use client'
/**
 * Runs the checks of accounts, each on its own, and hands on every stage as it ends. A second click while one runs does
 * nothing; when it has ended, the lists that it changed are read again.
 */
import { useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useRef, useState } from 'react'
import type { AppRouter } from '#api/router.ts'
import type { StageResult } from '#channels/contract.ts'
import type { ChannelId } from '#channels/traits.ts'
import type { Agreed, Question } from '#domain/accounts/replacement.ts'
import type { Taking } from '#domain/accounts/taking-along.ts'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import type { ResultProps } from '../ui/result.tsx'

type Outputs = inferRouterOutputs<AppRouter>['accounts']
export type AccountListed = Outputs['list'][number]
export type AccountForm = Outputs['forms'][number]

export type Check = {
  stages: readonly StageResult[]
  isRunning: boolean
  /** Whether every stage passed; absent while it runs and when it broke off. */
  isPassed?: boolean
  /** Where a test mail was asked for. */
  testRecipient?: string
  /** Why it broke off. */
  problem?: ResultProps
  /** It passed, and this is to be agreed to before the account is in force. */
  asks?: Question
  /** That was declined: the name of the account that stays in force. */
  declined?: string
  /** What is wrong with the address that a test mail was to go to: nothing was checked. */
  addressProblem?: string
}

/** Reads again what depends on the accounts and on which of them is validated. */
export function useAccountsChanged(channel: ChannelId) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries(trpc.accounts.list.queryFilter({ channel })),
      queryClient.invalidateQueries(trpc.templates.cells.pathFilter()),
      queryClient.invalidateQueries(trpc.templates.list.pathFilter()),
    ])
  }
}

/** A check as the server tells of it: its stages, then how it ended. */
export type CheckParts = AsyncIterable<{ stage: StageResult } | { end: { ok: boolean; asks?: Question } }>

/** What a check is to do besides: send something to an address, and put in force what was asked about. */
type Options = { testRecipient?: string; agreed?: Agreed; taking?: Taking }

/** Runs Validate for the accounts of a channel. */
export function useValidations(channel: ChannelId) {
  const client = useTRPCClient()
  return useChecks((id, options) => client.accounts.validate.mutate({ id, ...options }), useAccountsChanged(channel))
}

/** @param changed reads again what a check may have changed */
export function useChecks(run: (id: string, options: Options) => Promise<CheckParts>, changed: () => Promise<void>) {
  const words = useProblemWords()
  const [checks, setChecks] = useState<Readonly<Record<string, Check>>>({})
  const running = useRef(new Set<string>())

  const start = async (id: string, options: Options = {}) => {
    if (running.current.has(id)) return
    running.current.add(id)
    const { testRecipient } = options
    let check: Check = { stages: [], isRunning: true, ...(testRecipient ? { testRecipient } : {}) }
    const show = (news: Partial<Check>) => {
      check = { ...check, ...news }
      setChecks((all) => ({ ...all, [id]: check }))
    }
    show({})
    try {
      for await (const part of await run(id, options)) {
        if ('stage' in part) show({ stages: [...check.stages, part.stage] })
        else show({ isPassed: part.end.ok, ...(part.end.asks ? { asks: part.end.asks } : {}) })
      }
    } catch (error) {
      const wrong = words.fields(error).find(({ path }) => path === 'testRecipient')
      show(wrong ? { addressProblem: wrong.text } : { problem: words.result(error) })
    }
    running.current.delete(id)
    await changed()
    show({ isRunning: false })
  }
  /** Lets go of how a check ended, once it is no longer of the account as it is. */
  const forget = (id: string) => setChecks(({ [id]: _, ...others }) => others)
  /** Leaves the account in force that is. */
  const decline = (id: string) =>
    setChecks(({ [id]: { asks, ...check } = { stages: [], isRunning: false }, ...others }) => ({
      ...others,
      [id]: { ...check, ...(asks ? { declined: asks.name } : {}) },
    }))
  return { checks, start, forget, decline }
}
