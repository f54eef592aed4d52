'use client'
/**
 * Keeps what is not saved yet in this browser, so that it survives a reload and a closed tab. A draft belongs to one
 * template of one organization and remembers which version it started from.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { EmailContent } from '#channels/email/content.ts'
import { type ContentStore, isSame } from './content-store.ts'

export type Draft = { content: EmailContent; baseVersion: number; at: string }

type Options = {
  content: ContentStore
  /** Names the organization, scenario, App and language. */
  storageKey: string
  baseVersion: number
  /** What is stored under `baseVersion`. */
  stored: EmailContent
}

const keyOf = (storageKey: string) => `signet.draft.${storageKey}`

const isText = (value: unknown) => value === undefined || typeof value === 'string'

/** What is kept may be of an older release, or of nobody: anything that is not a draft counts as none. */
export function draftFrom(kept: string | null): Draft | undefined {
  if (kept === null) return undefined
  try {
    const draft = JSON.parse(kept) as Partial<Draft> | null
    const content = draft?.content
    const isDraft =
      typeof content?.subject === 'string' &&
      typeof content.html === 'string' &&
      isText(content.text) &&
      isText(content.fromName) &&
      typeof draft?.baseVersion === 'number' &&
      typeof draft.at === 'string'
    return isDraft ? (draft as Draft) : undefined
  } catch {
    return undefined
  }
}

/** Writes a draft, or takes it away; false when the browser keeps nothing. */
function keep(storageKey: string, draft: Draft | undefined): boolean {
  try {
    if (draft) localStorage.setItem(keyOf(storageKey), JSON.stringify(draft))
    else localStorage.removeItem(keyOf(storageKey))
    return true
  } catch {
    return false
  }
}

function read(storageKey: string): Draft | undefined {
  try {
    return draftFrom(localStorage.getItem(keyOf(storageKey)))
  } catch {
    return undefined
  }
}

/**
 * Puts a kept draft into the content when the page opens, and keeps every change from then on.
 * @returns the draft that was put in, and whether what is typed now could not be kept
 */
export function useDraft({ content, storageKey, baseVersion, stored }: Options) {
  const [found, setFound] = useState<Draft>()
  const [isLost, setLost] = useState(false)
  const about = useRef({ baseVersion, stored })
  about.current = { baseVersion, stored }

  useEffect(() => {
    const kept = read(storageKey)
    const isDraft = kept !== undefined && !isSame(kept.content, about.current.stored)
    if (isDraft) {
      setFound(kept)
      content.replace(kept.content)
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const write = () => {
      clearTimeout(timer)
      timer = undefined
      const now = content.get()
      const isChanged = !isSame(now, about.current.stored)
      const draft = { content: now, baseVersion: about.current.baseVersion, at: new Date().toISOString() }
      setLost(!keep(storageKey, isChanged ? draft : undefined))
    }
    const writeIfWaiting = () => {
      if (timer !== undefined) write()
    }
    const writeSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(write, 300)
    }
    const unsubscribe = content.subscribe(writeSoon)
    // Entered while the page came to life, before anything listened.
    if (!isDraft && !isSame(content.get(), about.current.stored)) writeSoon()
    addEventListener('pagehide', writeIfWaiting)
    return () => {
      unsubscribe()
      removeEventListener('pagehide', writeIfWaiting)
      writeIfWaiting()
    }
  }, [content, storageKey])

  /** Forgets the draft: it was saved, or thrown away. */
  const forget = useCallback(() => {
    keep(storageKey, undefined)
    setFound(undefined)
  }, [storageKey])
  return { found, isLost, forget }
}
