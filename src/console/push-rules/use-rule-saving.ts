'use client'
/** How a push rule is saved: over the version that its edit started from, or made anew. */
import type { Edited } from '../editing/edited.ts'
import { type Saved, type Saving, useSaving } from '../editing/use-saving.ts'
import { rulePlace } from '../links.ts'
import { useTRPCClient } from '../trpc/client.tsx'
import { domainErrorOf } from '../ui/problem-words.tsx'
import type { ResultProps } from '../ui/result.tsx'
import { useRulesChanged } from './list/use-rules-changed.ts'
import { draftOf, type RuleDraft, type RuleStored, savedFrom } from './rule-draft.ts'

/** A rule as it is stored: what its page goes on from. */
export type SavedRule = Saved<RuleDraft> & { id: string }
export type RuleSaving = Saving<RuleDraft, SavedRule>

const savedRuleOf = (rule: RuleStored): SavedRule => ({
  id: rule.id,
  version: rule.version,
  content: draftOf(rule),
  at: rule.updatedAt,
  by: rule.updatedBy,
})

type Options = {
  content: Edited<RuleDraft>
  stored: RuleStored | null
  author: string
  /** These as in `useSaving`. */
  edited: RuleDraft
  blocked: () => ResultProps | undefined
  refused: (error: unknown) => ResultProps | undefined
  /** Puts in place what a rule over this one is still to be told. */
  prepare: (stored: RuleDraft | undefined) => Promise<void>
}

export function useRuleSaving({ stored, author, prepare, ...guarded }: Options): RuleSaving {
  const changed = useRulesChanged()
  const client = useTRPCClient()
  return useSaving<RuleDraft, SavedRule>({
    ...guarded,
    initial: stored && savedRuleOf(stored),
    async send(_, over, _note, saved) {
      await prepare(saved?.content)
      const content = guarded.content.get()
      const before = over === 0 ? undefined : saved?.id
      const { id, version } = await client.pushRules.save.mutate(savedFrom(content, before, over))
      // The page goes on with the rule that it has just made: nothing is drawn anew, and reloading it opens the rule.
      if (!before) window.history.replaceState(null, '', rulePlace(id))
      // Saved is saved: the lists catch up by themselves, and the next save need not wait for them.
      void changed()
      return { id, version, content, at: new Date(), by: author }
    },
    async findTheirs(error, saved) {
      const { code, data } = domainErrorOf(error) ?? {}
      if (!saved || (data?.reason !== 'push_rule_changed' && code !== 'not_found')) return undefined
      try {
        const theirs = savedRuleOf(await client.pushRules.get.query({ id: saved.id }))
        // The rule is there: what is not is its App or its account.
        return code === 'not_found' ? undefined : theirs
      } catch (failure) {
        if (domainErrorOf(failure)?.code === 'not_found') return null
        throw failure
      }
    },
    show: (theirs) => guarded.content.replace(theirs.content),
  })
}
