'use client'
/** Saves a push rule, and keeps what came of it: the new version, what is wrong, or whose save came first. */
import { type RefObject, useState } from 'react'
import type { Theirs } from '../editing/conflict-dialog.tsx'
import { useGuardedSave } from '../editing/use-guarded-save.ts'
import { rulePlace } from '../links.ts'
import { useTRPCClient } from '../trpc/client.tsx'
import { domainErrorOf } from '../ui/problem-words.tsx'
import type { ResultProps } from '../ui/result.tsx'
import { useRulesChanged } from './list/use-rules-changed.ts'
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
  /** As in `useGuardedSave`. */
  edited: RuleDraft
  initial: SavedRule | null
  author: string
  /** What keeps the rule from being sent at all, for the person; undefined when nothing does. */
  blocked: () => ResultProps | undefined
  /** What the server refused, in words of the page's own; undefined for the usual ones. */
  refused: (error: unknown) => ResultProps | undefined
  onTaken: (draft: RuleDraft) => void
  /** Puts in place what a rule over this one is still to be told. */
  prepare: (stored: RuleDraft | undefined) => Promise<void>
}

export function useRuleSaving({ draft, edited, initial, author, blocked, refused, onTaken, prepare }: Options) {
  const changed = useRulesChanged()
  const client = useTRPCClient()
  const [saved, setSaved] = useState(initial)
  const [conflict, setConflict] = useState<{ theirs: SavedRule | null; note: string }>()

  /** What is stored by now; null when it is deleted. */
  const findTheirs = async (id: string): Promise<SavedRule | null> => {
    try {
      return savedRuleOf(await client.pushRules.get.query({ id }))
    } catch (error) {
      if (domainErrorOf(error)?.code === 'not_found') return null
      throw error
    }
  }
  /** Over version 0 a rule is made anew. */
  const idOver = (over: number) => (over === 0 ? undefined : saved?.id)
  const send = async (over: number): Promise<number> => {
    await prepare(saved?.content)
    const sent = draft.current
    const before = idOver(over)
    const { id, version } = await client.pushRules.save.mutate(savedFrom(sent, before, over))
    setSaved({ id, version, content: sent, at: new Date(), by: author })
    setConflict(undefined)
    // The page goes on with the rule that it has just made: nothing is drawn anew, and reloading it opens the rule.
    if (!before) window.history.replaceState(null, '', rulePlace(id))
    // Saved is saved: the lists catch up by themselves, and the next save need not wait for them.
    void changed()
    return version
  }
  /** Where somebody else's save or deletion came first, the person chooses. */
  const settle = async (error: unknown, over: number): Promise<boolean> => {
    const { code, data } = domainErrorOf(error) ?? {}
    const id = idOver(over)
    if (!id || (data?.reason !== 'push_rule_changed' && code !== 'not_found')) return false
    const theirs = await findTheirs(id)
    // The rule is there: what is not is its App or its account.
    if (theirs && code === 'not_found') return false
    setConflict({ theirs, note: '' })
    return true
  }
  const { save, ...guarded } = useGuardedSave({ edited, blocked, refused, send, settle })
  /** Goes on from what somebody else saved. */
  const takeTheirs = (theirs: SavedRule) => {
    setSaved(theirs)
    setConflict(undefined)
    onTaken(theirs.content)
  }
  return {
    ...{ saved, conflict, takeTheirs, ...guarded },
    /** Saves over a version: the one that the edit started from unless said. */
    save: (_note = '', over = saved?.version ?? 0) => save(over),
    keepEditing: () => setConflict(undefined),
  }
}

export type RuleSaving = ReturnType<typeof useRuleSaving>
