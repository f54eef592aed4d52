'use client'
/**
 * What is typed, outside of React, so that a keystroke draws only what shows it; and kept in this browser until it is saved, so
 * that it survives a reload and a closed tab.
 */
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'

/** What changed a draft: a person in the editor, one that took its place as a whole, or what others have changed meanwhile. */
type Cause = 'typed' | 'replaced' | 'followed'

export type DraftStore<Draft> = {
  get(): Draft
  /** What a person typed or chose. */
  change(part: Partial<Draft>): void
  /** Puts another draft in place: an example, an older version, somebody else's. The editors follow. */
  replace(draft: Draft): void
  /** What follows from elsewhere, such as a text that was changed at the provider: nothing of the person's that has to be kept. */
  follow(part: Partial<Draft>): void
  subscribe(listener: (cause: Cause) => void): () => void
}

export function openDraft<Draft>(initial: Draft): DraftStore<Draft> {
  let draft = initial
  const listeners = new Set<(cause: Cause) => void>()
  const put = (next: Draft, cause: Cause) => {
    draft = next
    for (const listener of listeners) listener(cause)
  }
  return {
    get: () => draft,
    change: (part) => put({ ...draft, ...part }, 'typed'),
    replace: (next) => put(next, 'replaced'),
    follow: (part) => put({ ...draft, ...part }, 'followed'),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A part of what is typed, for what is drawn with it. */
export function useDraft<Draft, Part>(store: DraftStore<Draft>, read: (draft: Draft) => Part): Part {
  const part = () => read(store.get())
  return useSyncExternalStore(store.subscribe, part, part)
}

type KeptDraft<Draft> = { draft: Draft; baseVersion: number; at: string }

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Whether a value has the form of an example: its names, with values of the same types. What the example leaves open may be a text. */
export function hasFormOf<Example>(example: Example, value: unknown): value is Example {
  if (example === undefined) return value === undefined || typeof value === 'string'
  if (!isObject(example)) return typeof value === typeof example
  return isObject(value) && Object.entries(example).every(([name, part]) => hasFormOf(part, value[name]))
}

const keyOf = (storageKey: string) => `signet.draft.${storageKey}`

/** What is kept may be of an older release, or of nobody: anything that is not a draft counts as none. */
function readKept<Draft>(storageKey: string, isDraft: (value: unknown) => value is Draft) {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(storageKey)) ?? 'null')
    if (!hasFormOf({ draft: {}, baseVersion: 0, at: '' }, kept) || !isDraft(kept.draft)) return undefined
    return { ...kept, draft: kept.draft } satisfies KeptDraft<Draft>
  } catch {
    return undefined
  }
}

/** Writes a draft, or takes it away; false when the browser keeps nothing. */
function writeKept(storageKey: string, kept: KeptDraft<unknown> | undefined): boolean {
  try {
    if (kept) localStorage.setItem(keyOf(storageKey), JSON.stringify(kept))
    else localStorage.removeItem(keyOf(storageKey))
    return true
  } catch {
    return false
  }
}

type Options<Draft> = {
  store: DraftStore<Draft>
  /** Names what is edited, and whose it is. */
  storageKey: string
  baseVersion: number
  /** What is stored under `baseVersion`. */
  stored: Draft
  isDraft: (value: unknown) => value is Draft
  isSame: (one: Draft, other: Draft) => boolean
  /** Told which version a draft was started from that was put in. */
  onFound: (baseVersion: number) => void
}

/**
 * Puts a kept draft into the store when the page opens, and keeps every change from then on.
 * @returns when the draft that was put in was kept, and whether what is typed now could not be
 */
export function useKeptDraft<Draft>(options: Options<Draft>) {
  const { store, stored } = options
  const [foundAt, setFoundAt] = useState<string>()
  const [isLost, setLost] = useState(false)
  const latest = useRef(options)
  latest.current = options
  const writtenKey = useRef(options.storageKey)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const stopWaiting = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = undefined
  }, [])
  const write = useCallback(() => {
    stopWaiting()
    const { store, storageKey, stored, baseVersion, isSame } = latest.current
    const draft = store.get()
    // What was made has another key from then on.
    if (writtenKey.current !== storageKey) writeKept(writtenKey.current, undefined)
    writtenKey.current = storageKey
    const kept = isSame(draft, stored) ? undefined : { draft, baseVersion, at: new Date().toISOString() }
    setLost(!writeKept(storageKey, kept))
  }, [stopWaiting])

  useEffect(() => {
    const { storageKey, isDraft, isSame, stored, onFound } = latest.current
    const kept = readKept(storageKey, isDraft)
    const writeIfWaiting = () => {
      if (timer.current !== undefined) write()
    }
    const writeSoon = () => {
      stopWaiting()
      timer.current = setTimeout(write, 300)
    }
    if (kept && !isSame(kept.draft, stored)) {
      setFoundAt(kept.at)
      onFound(kept.baseVersion)
      store.replace(kept.draft)
    } else if (!isSame(store.get(), stored)) {
      // Entered while the page came to life, before anything listened.
      writeSoon()
    }
    const unsubscribe = store.subscribe((cause) => {
      if (cause !== 'followed') writeSoon()
    })
    addEventListener('pagehide', writeIfWaiting)
    return () => {
      unsubscribe()
      removeEventListener('pagehide', writeIfWaiting)
      writeIfWaiting()
    }
  }, [store, write, stopWaiting])

  const lastStored = useRef(stored)
  useEffect(() => {
    if (lastStored.current === stored) return
    lastStored.current = stored
    setFoundAt(undefined)
    write()
  }, [stored, write])

  /** Forgets the draft: it was thrown away, or what it is of is gone. */
  const forget = useCallback(() => {
    stopWaiting()
    writeKept(latest.current.storageKey, undefined)
    setFoundAt(undefined)
  }, [stopWaiting])
  return { foundAt, isLost, forget }
}

/** JSON with the names of every object in one order: stored content comes back in another. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value

/** Whether two values would be stored alike. */
export const isAlike = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder)
