'use client'
/** Saves what is edited, and keeps what came of it: the new version, what is wrong, or whose save came first. */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import type { TemplatePlace } from '#domain/templates/place.ts'
import { useTRPC, useTRPCClient } from '../../../../trpc/client.tsx'
import { domainErrorOf, useProblemWords } from '../../../../ui/problem-words.tsx'
import type { ResultProps } from '../../../../ui/result.tsx'
import { useTemplatesChanged } from '../templates/templates-changed.ts'
import type { Edited } from './edited.ts'
import { type Saved, savedFrom } from './stored-template.ts'

/** Somebody else's save that came first; null when they deleted the template. */
export type Conflict<Content> = { theirs: Saved<Content> | null; note: string }

type Options<Content> = {
  place: TemplatePlace
  content: Edited<Content>
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
  const t = useTranslations('Template')
  const client = useTRPCClient()
  const words = useProblemWords()
  const changed = useTemplateChanged()
  const [saved, setSaved] = useState(initial)
  const [base, setBase] = useState(initial?.version ?? 0)
  const [isBusy, setBusy] = useState(false)
  const [savedVersion, setSavedVersion] = useState<number>()
  const [problem, setProblem] = useState<ResultProps>()
  const [conflict, setConflict] = useState<Conflict<Content>>()
  const isRunning = useRef(false)

  const findTheirs = async (note: string) => {
    const { template } = await client.templates.get.query(place)
    setConflict({ theirs: template && savedFrom(template), note })
  }
  const refusal = (error: unknown): ResultProps => {
    const own = refused?.(error)
    if (own) return own
    const found = words.fields(error)
    if (found.length === 0) return words.result(error)
    return { tone: 'red', title: t('notSaved'), why: found.map(({ text }) => text).join(' ') }
  }
  /** Sends it; true when it was saved. */
  const send = async (note: string, baseVersion: number): Promise<boolean> => {
    const sent = content.get()
    const fallBack = options.fallBack?.() ?? saved?.fallBack ?? false
    try {
      const { version } = await client.templates.save.mutate({ ...place, content: sent, baseVersion, fallBack, note })
      setSaved({ version, content: sent, at: new Date(), by: author, fallBack })
      setBase(version)
      setConflict(undefined)
      setSavedVersion(version)
      await changed(place)
      return true
    } catch (error) {
      if (domainErrorOf(error)?.data.reason === 'template_changed') await findTheirs(note)
      else setProblem(refusal(error))
      return false
    }
  }
  /** Saves over a version: the one that the edit started from unless said. */
  const save = async (note: string, over: number = base): Promise<boolean> => {
    if (isRunning.current) return false
    setProblem(undefined)
    setSavedVersion(undefined)
    const obstacle = blocked()
    if (obstacle) {
      setProblem(obstacle)
      return false
    }
    isRunning.current = true
    setBusy(true)
    try {
      return await send(note, over)
    } catch (error) {
      setProblem(words.result(error))
      return false
    } finally {
      isRunning.current = false
      setBusy(false)
    }
  }
  /** Goes on from what somebody else saved. */
  const takeTheirs = (theirs: Saved<Content>) => {
    setSaved(theirs)
    setBase(theirs.version)
    setConflict(undefined)
    content.replace(theirs.content, theirs.fallBack)
  }
  return {
    ...{ saved, base, isBusy, savedVersion, problem, conflict, save, takeTheirs, setBase },
    keepEditing: () => setConflict(undefined),
    hideProblem: () => setProblem(undefined),
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
