'use client'
/**
 * The editing engine: one record in an editor. A page says what is stored, how that is sent, and how to find what somebody else
 * stored. The engine has the draft, knows whether it is unsaved, saves it over the version that the edit started from, one save at a
 * time and not while something stands in its way, and keeps what came of it: the new version, what is wrong, or whose save came
 * first. `EditingPage` draws it.
 */
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useEarlyEntries } from '../ui/early-entries.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import type { ResultProps } from '../ui/result.tsx'
import { openDraft, useKeptDraft } from './draft.ts'

/** What stands under a version; an older one may have been saved by somebody who is gone. */
export type Saved<Draft> = { version: number; draft: Draft; at: Date | string; by: string | null }

/** Somebody else's save that came first; null when they deleted what is edited. */
export type Conflict<Draft> = { theirs: Saved<Draft> | null; note: string }

export type EditingDialog = 'test-send' | 'versions' | 'compare' | 'start' | 'example' | 'delete'

export type EditingOptions<Draft> = {
  /** Null for what is still to be made. */
  stored: Saved<Draft> | null
  /** What the editor opens with where nothing is stored. */
  start: Draft
  canWrite: boolean
  /** Under which the draft is kept in this browser: names what is edited, and whose it is. */
  storageKey: string
  /** Whether a kept value is a draft of this form. */
  isDraft: (value: unknown) => value is Draft
  /** Whether two drafts would be stored alike. */
  isSame: (one: Draft, other: Draft) => boolean
  /** What keeps the draft from being sent at all, for the person; undefined when nothing does. */
  blocked: (draft: Draft) => ResultProps | undefined
  /** What the server refused, in words of the page's own; undefined for the usual ones. */
  refused?: (error: unknown, draft: Draft) => ResultProps | undefined
  /** Sends the draft, to be saved over a version; 0 makes what is not there. */
  send: (draft: Draft, over: number, note: string) => Promise<Saved<Draft>>
  /** Where a refusal says that somebody else came first: what they stored, null where they deleted it. Else undefined. */
  findTheirs: (error: unknown, over: number) => Promise<Saved<Draft> | null | undefined>
}

export type Editing<Draft> = ReturnType<typeof useEditing<Draft>>

export function useEditing<Draft>(options: EditingOptions<Draft>) {
  const { canWrite, storageKey, isDraft, isSame } = options
  const [saved, setSaved] = useState(options.stored)
  const [start] = useState(options.start)
  const [store] = useState(() => openDraft(saved?.draft ?? start))
  const [base, setBase] = useState(saved?.version ?? 0)
  const [dialog, open] = useState<EditingDialog>()
  const stored = saved?.draft ?? start
  const isChanged = useSyncExternalStore(
    store.subscribe,
    () => !isSame(store.get(), stored),
    () => false,
  )
  // What was typed over an older version is a conflict, even if it was typed before this page was opened.
  const kept = useKeptDraft({ store, storageKey, baseVersion: base, stored, isDraft, isSame, onFound: setBase })
  const page = useRef<HTMLDivElement>(null)
  useEarlyEntries(page)
  useTestSendLink(canWrite, open)

  const refusal = useRefusal()
  const [problem, setProblem] = useState<ResultProps>()
  // What was wrong with another draft is not said any more.
  useEffect(() => store.subscribe(() => setProblem(undefined)), [store])
  const [conflict, setConflict] = useState<Conflict<Draft>>()
  const [savedVersion, setSavedVersion] = useState<number>()
  const [isBusy, setBusy] = useState(false)
  const isRunning = useRef(false)

  const goOnFrom = (from: Saved<Draft>) => {
    setSaved(from)
    setBase(from.version)
    setConflict(undefined)
  }
  const attempt = async (note: string, over: number): Promise<void> => {
    try {
      const done = await options.send(store.get(), over, note)
      goOnFrom(done)
      setSavedVersion(done.version)
    } catch (error) {
      const theirs = await options.findTheirs(error, over)
      if (theirs === undefined) setProblem(options.refused?.(error, store.get()) ?? refusal(error))
      else setConflict({ theirs, note })
    }
  }
  return {
    ...{ store, saved, canWrite, isChanged, conflict, isBusy, savedVersion, problem, page, kept, dialog, open },
    /** Whether there is something to save, for somebody who may. */
    isUnsaved: isChanged && canWrite,
    close: useCallback(() => open(undefined), []),
    /** Saves over a version: the one that the edit started from unless said. */
    async save(note = '', over = base): Promise<void> {
      if (isRunning.current) return
      setSavedVersion(undefined)
      const obstacle = options.blocked(store.get())
      setProblem(obstacle)
      if (obstacle) return
      isRunning.current = true
      setBusy(true)
      try {
        await attempt(note, over)
      } catch (error) {
        setProblem(refusal(error))
      } finally {
        isRunning.current = false
        setBusy(false)
      }
    },
    /** Goes on from what somebody else saved. */
    takeTheirs(theirs: Saved<Draft>) {
      goOnFrom(theirs)
      store.replace(theirs.draft)
    },
    keepEditing: () => setConflict(undefined),
    /** Back to what is stored. */
    discardDraft() {
      kept.forget()
      setBase(saved?.version ?? 0)
      store.replace(stored)
    },
  }
}

/** What was refused, in the usual words. */
function useRefusal(): (error: unknown) => ResultProps {
  const t = useTranslations('Template')
  const words = useProblemWords()
  return (error) => {
    const fields = words.fields(error)
    if (fields.length === 0) return words.result(error)
    return { tone: 'red', title: t('notSaved'), why: fields.map(({ text }) => text).join(' ') }
  }
}

/** An address that ends in `#test-send` opens the page with its test send, once. */
function useTestSendLink(isAllowed: boolean, open: (dialog: EditingDialog) => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is read when the page opens
  useEffect(() => {
    if (location.hash !== '#test-send') return
    history.replaceState(history.state, '', location.pathname + location.search)
    if (isAllowed) open('test-send')
  }, [])
}
