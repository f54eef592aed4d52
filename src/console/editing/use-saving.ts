'use client'
/** Saves what is edited, and keeps what came of it: the new version, what is wrong, or whose save came first. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { TemplatePlace } from '#domain/templates/place.ts'
import { useTemplatesChanged } from '../templates/list/templates-changed.ts'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'
import { domainErrorOf } from '../ui/problem-words.tsx'
import type { ResultProps } from '../ui/result.tsx'
import type { Edited } from './edited.ts'
import { type Saved, savedFrom } from './stored-template.ts'
import { useGuardedSave } from './use-guarded-save.ts'

/** Somebody else's save that came first; null when they deleted the template. */
export type Conflict<Content> = { theirs: Saved<Content> | null; note: string }

type Options<Content> = {
  place: TemplatePlace
  content: Edited<Content>
  /** As in `useGuardedSave`. */
  edited?: unknown
  initial: Saved<Content> | null
  author: string
  /** What keeps the content from being sent at all, for the person; undefined when nothing does. */
  blocked: () => ResultProps | undefined
  /** What the server refused, in words of the page's own; undefined for the usual ones. */
  refused?: (error: unknown) => ResultProps | undefined
  /** Whether the default stands in for it while it cannot be used; as it is stored unless said. */
  fallBack?: () => boolean
}

export function useSaving<Content>(options: Options<Content>) {
  const { place, content, initial, author, blocked, refused } = options
  const client = useTRPCClient()
  const changed = useTemplateChanged()
  const [saved, setSaved] = useState(initial)
  const [base, setBase] = useState(initial?.version ?? 0)
  const [conflict, setConflict] = useState<Conflict<Content>>()

  const send = async (note: string, baseVersion: number): Promise<number> => {
    const sent = content.get()
    const fallBack = options.fallBack?.() ?? saved?.fallBack ?? false
    const { version } = await client.templates.save.mutate({ ...place, content: sent, baseVersion, fallBack, note })
    setSaved({ version, content: sent, at: new Date(), by: author, fallBack })
    setBase(version)
    setConflict(undefined)
    // Saved is saved: the lists catch up by themselves, and the next save need not wait for them.
    void changed(place)
    return version
  }
  const findTheirs = async (error: unknown, note: string): Promise<boolean> => {
    if (domainErrorOf(error)?.data.reason !== 'template_changed') return false
    const { template } = await client.templates.get.query(place)
    setConflict({ theirs: template && savedFrom(template), note })
    return true
  }
  const { save, ...guarded } = useGuardedSave({ edited: options.edited, blocked, refused, send, settle: findTheirs })
  /** Goes on from what somebody else saved. */
  const takeTheirs = (theirs: Saved<Content>) => {
    setSaved(theirs)
    setBase(theirs.version)
    setConflict(undefined)
    content.replace(theirs.content, theirs.fallBack)
  }
  return {
    ...{ saved, base, conflict, takeTheirs, setBase, ...guarded },
    /** Saves over a version: the one that the edit started from unless said. */
    save: (note: string, over: number = base) => save(note, over),
    keepEditing: () => setConflict(undefined),
  }
}

/** Reads again what shows the template that was changed. */
export function useTemplateChanged() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const listsChanged = useTemplatesChanged()
  return async (place: TemplatePlace) => {
    await Promise.all([
      queryClient.invalidateQueries(trpc.templates.get.pathFilter()),
      queryClient.invalidateQueries(trpc.templates.versions.queryFilter(place)),
      listsChanged(),
    ])
  }
}

export type Saving<Content> = ReturnType<typeof useSaving<Content>>
