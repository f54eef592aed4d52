'use client'
/** Runs a save, one at a time and not while something stands in its way, and keeps what is wrong and which version came of it. */
import { useTranslations } from 'next-intl'
import { useCallback, useRef, useState } from 'react'
import { useProblemWords } from '../ui/problem-words.tsx'
import type { ResultProps } from '../ui/result.tsx'

type Options<Input extends unknown[]> = {
  /** What is edited, as it is drawn now, where that draws the page anew: what was wrong with another content is not said any more. */
  edited?: unknown
  /** What keeps it from being sent at all, for the person; undefined when nothing does. */
  blocked: () => ResultProps | undefined
  /** What the server refused, in words of the page's own; undefined for the usual ones. */
  refused: ((error: unknown) => ResultProps | undefined) | undefined
  /** Sends it, and hands back the version that it became. */
  send: (...input: Input) => Promise<number>
  /** Looks at what was refused; true where that is dealt with, such as a conflict. */
  settle: (error: unknown, ...input: Input) => Promise<boolean>
}

export function useGuardedSave<Input extends unknown[]>({ edited, blocked, refused, send, settle }: Options<Input>) {
  const t = useTranslations('Template')
  const words = useProblemWords()
  const [isBusy, setBusy] = useState(false)
  const [found, setFound] = useState<{ problem: ResultProps; of: unknown }>()
  const latest = useRef(edited)
  latest.current = edited
  const setProblem = useCallback((problem?: ResultProps) => setFound(problem && { problem, of: latest.current }), [])
  const hideProblem = useCallback(() => setProblem(), [setProblem])
  const [savedVersion, setSavedVersion] = useState<number>()
  const isRunning = useRef(false)

  const refusal = (error: unknown): ResultProps => {
    const own = refused?.(error)
    if (own) return own
    const fields = words.fields(error)
    if (fields.length === 0) return words.result(error)
    return { tone: 'red', title: t('notSaved'), why: fields.map(({ text }) => text).join(' ') }
  }
  const attempt = async (...input: Input): Promise<boolean> => {
    try {
      setSavedVersion(await send(...input))
      return true
    } catch (error) {
      if (!(await settle(error, ...input))) setProblem(refusal(error))
      return false
    }
  }
  /** True when it was saved. */
  const save = async (...input: Input): Promise<boolean> => {
    if (isRunning.current) return false
    setSavedVersion(undefined)
    const obstacle = blocked()
    setProblem(obstacle)
    if (obstacle) return false
    isRunning.current = true
    setBusy(true)
    try {
      return await attempt(...input)
    } catch (error) {
      setProblem(words.result(error))
      return false
    } finally {
      isRunning.current = false
      setBusy(false)
    }
  }
  const problem = found && Object.is(found.of, edited) ? found.problem : undefined
  return { isBusy, problem, savedVersion, save, hideProblem }
}
