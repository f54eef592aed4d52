'use client'
/**
 * Saves what is edited, one save at a time and not while something stands in its way, and keeps what came of it: the new
 * version, what is wrong, or whose save came first.
 */
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useCallback, useRef, useState } from 'react'
import { useProblemWords } from '../ui/problem-words.tsx'
import type { ResultProps } from '../ui/result.tsx'
import type { Edited } from './edited.ts'

/** What stands under a version; an older one may have been saved by somebody who is gone. */
export type Saved<Content> = { version: number; content: Content; at: Date | string; by: string | null }

/** Somebody else's save that came first; null when they deleted what is edited. */
export type Conflict<Stored> = { theirs: Stored | null; note: string }

type Options<Content, Stored extends Saved<Content>> = {
  content: Edited<Content>
  /** What is edited, as it is drawn now, where that draws the page anew: what was wrong with another content is not said any more. */
  edited?: unknown
  initial: Stored | null
  /** What keeps the content from being sent at all, for the person; undefined when nothing does. */
  blocked: () => ResultProps | undefined
  /** What the server refused, in words of the page's own; undefined for the usual ones. */
  refused?: (error: unknown) => ResultProps | undefined
  /** Sends the content, to be saved over a version; 0 makes what is not there. */
  send: (content: Content, over: number, note: string, saved: Stored | null) => Promise<Stored>
  /** Where a refusal says that somebody else came first: what they stored, null where they deleted it. Else undefined. */
  findTheirs: (error: unknown, saved: Stored | null) => Promise<Stored | null | undefined>
  /** Puts in the editor what somebody else stored. */
  show: (theirs: Stored) => void
}

export function useSaving<Content, Stored extends Saved<Content>>(options: Options<Content, Stored>) {
  const { content, edited, initial, blocked, refused, send, findTheirs, show } = options
  const t = useTranslations('Template')
  const words = useProblemWords()
  const [saved, setSaved] = useState(initial)
  const [base, setBase] = useState(initial?.version ?? 0)
  const [conflict, setConflict] = useState<Conflict<Stored>>()
  const [isBusy, setBusy] = useState(false)
  const isRunning = useRef(false)
  const [savedVersion, setSavedVersion] = useState<number>()
  const [found, setFound] = useState<{ problem: ResultProps; of: unknown }>()
  const latest = useRef(edited)
  latest.current = edited
  const setProblem = useCallback((problem?: ResultProps) => setFound(problem && { problem, of: latest.current }), [])
  const hideProblem = useCallback(() => setProblem(), [setProblem])

  const goOnFrom = (stored: Stored) => {
    setSaved(stored)
    setBase(stored.version)
    setConflict(undefined)
  }
  const refusal = (error: unknown): ResultProps => {
    const own = refused?.(error)
    if (own) return own
    const fields = words.fields(error)
    if (fields.length === 0) return words.result(error)
    return { tone: 'red', title: t('notSaved'), why: fields.map(({ text }) => text).join(' ') }
  }
  const attempt = async (note: string, over: number): Promise<boolean> => {
    try {
      const stored = await send(content.get(), over, note, saved)
      goOnFrom(stored)
      setSavedVersion(stored.version)
      return true
    } catch (error) {
      // Over version 0 something is made, whatever was saved before.
      const theirs = await findTheirs(error, over === 0 ? null : saved)
      if (theirs === undefined) setProblem(refusal(error))
      else setConflict({ theirs, note })
      return false
    }
  }
  /** Saves over a version: the one that the edit started from unless said. True when it was saved. */
  const save = async (note = '', over: number = base): Promise<boolean> => {
    if (isRunning.current) return false
    setSavedVersion(undefined)
    const obstacle = blocked()
    setProblem(obstacle)
    if (obstacle) return false
    isRunning.current = true
    setBusy(true)
    try {
      return await attempt(note, over)
    } catch (error) {
      setProblem(words.result(error))
      return false
    } finally {
      isRunning.current = false
      setBusy(false)
    }
  }
  return {
    ...{ saved, base, setBase, conflict, isBusy, savedVersion, save, hideProblem },
    problem: found && Object.is(found.of, edited) ? found.problem : undefined,
    /** Goes on from what somebody else saved. */
    takeTheirs(theirs: Stored) {
      goOnFrom(theirs)
      show(theirs)
    },
    keepEditing: () => setConflict(undefined),
  }
}

export type Saving<Content, Stored extends Saved<Content> = Saved<Content>> = ReturnType<
  typeof useSaving<Content, Stored>
>

/** Listens for the key that saves, wherever the cursor is. */
export const onSaveKey = (save: () => void) => (event: KeyboardEvent) => {
  if (event.key !== 's' || event.altKey || !(event.metaKey || event.ctrlKey)) return
  event.preventDefault()
  save()
}
