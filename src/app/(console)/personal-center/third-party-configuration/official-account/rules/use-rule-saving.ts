'use client'
/** Saves a push rule, and keeps what came of it: the new version, what is wrong, or whose save came first. */
import { useTranslations } from 'next-intl'
import { type RefObject, useRef, useState } from 'react'
import { useTRPCClient } from '../../../../../trpc/client.tsx'
import { domainErrorOf, useProblemWords } from '../../../../../ui/problem-words.tsx'
import type { ResultProps } from '../../../../../ui/result.tsx'
import { rulePlace } from '../../../../places.ts'
import type { Theirs } from '../../template-page/conflict-dialog.tsx'
import { useRulesChanged } from '../push-rules/use-rules-changed.ts'
import { draftOf, type RuleDraft, type RuleStored, savedFrom } from './rule-draft.ts'

/** A rule as it is stored: what its page goes on from. */
export type SavedRule = Theirs<RuleDraft> & { id: string }

export const savedRuleOf = (rule: RuleStored): SavedRule => ({
  id: rule.id,
  version: rule.version,
  content: draftOf(rule),
  at: rule.updatedAt,
  by: rule.updatedBy,
})

type Options = {
  draft: RefObject<RuleDraft>
  initial: SavedRule | null
  author: string
  /** What keeps the rule from being sent at all, for the person; undefined when nothing does. */
  blocked: () => ResultProps | undefined
  /** What the server refused, in words of the page's own; undefined for the usual ones. */
  refused: (error: unknown) => ResultProps | undefined
  onTaken: (draft: RuleDraft) => void
}

export function useRuleSaving({ draft, initial, author, blocked, refused, onTaken }: Options) {
  const t = useTranslations('Template')
  const words = useProblemWords()
  const changed = useRulesChanged()
  const client = useTRPCClient()
  const [saved, setSaved] = useState(initial)
  const [isBusy, setBusy] = useState(false)
  const [savedVersion, setSavedVersion] = useState<number>()
  const [problem, setProblem] = useState<ResultProps>()
  const [conflict, setConflict] = useState<{ theirs: SavedRule | null; note: string }>()
  const isRunning = useRef(false)

  /** What is stored by now; null when it is deleted. */
  const findTheirs = async (id: string): Promise<SavedRule | null> => {
    try {
      return savedRuleOf(await client.pushRules.get.query({ id }))
    } catch (error) {
      if (domainErrorOf(error)?.code === 'not_found') return null
      throw error
    }
  }
  const refusal = (error: unknown): ResultProps => {
    const own = refused(error)
    if (own) return own
    const found = words.fields(error)
    if (found.length === 0) return words.result(error)
    return { tone: 'red', title: t('notSaved'), why: found.map(({ text }) => text).join(' ') }
  }
  /** What came first, where that is why it was refused. */
  const otherSave = async (error: unknown, id: string | undefined) => {
    const { code, data } = domainErrorOf(error) ?? {}
    if (!id || (data?.reason !== 'push_rule_changed' && code !== 'not_found')) return undefined
    const theirs = await findTheirs(id)
    return theirs && code === 'not_found' ? undefined : { theirs, note: '' }
  }
  const send = async (over: number): Promise<boolean> => {
    const sent = draft.current
    const id = over === 0 ? undefined : saved?.id
    try {
      const { id: storedAs, version } = await client.pushRules.save.mutate(savedFrom(sent, id, over))
      setSaved({ id: storedAs, version, content: sent, at: new Date(), by: author })
      setConflict(undefined)
      setSavedVersion(version)
      // The page goes on with the rule that it has just made: nothing is drawn anew, and reloading it opens the rule.
      if (!id) window.history.replaceState(null, '', rulePlace(storedAs))
      await changed()
      return true
    } catch (error) {
      const first = await otherSave(error, id)
      if (first) setConflict(first)
      else setProblem(refusal(error))
      return false
    }
  }
  /** Saves over a version: the one that the edit started from unless said. 0 makes a rule anew. */
  const save = async (_note = '', over = saved?.version ?? 0): Promise<boolean> => {
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
      return await send(over)
    } catch (error) {
      setProblem(words.result(error))
      return false
    } finally {
      isRunning.current = false
      setBusy(false)
    }
  }
  /** Goes on from what somebody else saved. */
  const takeTheirs = (theirs: SavedRule) => {
    setSaved(theirs)
    setConflict(undefined)
    onTaken(theirs.content)
  }
  return { saved, isBusy, savedVersion, problem, conflict, save, takeTheirs, keepEditing: () => setConflict(undefined) }
}

export type RuleSaving = ReturnType<typeof useRuleSaving>
