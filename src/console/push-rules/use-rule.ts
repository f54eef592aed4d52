'use client'
/** One push rule in the editing engine: what is typed, checked while typing, and saved over the version that its edit started from, or made anew. */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { checkCard, checkValues } from '#channels/official-account/check.ts'
import type { ContentProblem } from '#channels/problems.ts'
import { heldBackVariable, ruleVariables } from '#domain/push-rules/rule-variables.ts'
import { isAlike, useDraft } from '../editing/draft.ts'
import { type Editing, type Saved, useEditing } from '../editing/editing.ts'
import { useProblems } from '../editing/problems.ts'
import { type Samples, useSamples, useVariables } from '../editing/samples.tsx'
import { rulePlace } from '../links.ts'
import type { ShellData } from '../shell/load-shell.ts'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'
import { domainErrorOf } from '../ui/problem-words.tsx'
import { useRulesChanged } from './list/delete-rule.tsx'
import type { Choices } from './load-rule.ts'
import { contentFrom, draftOf, isDraft, missingIn, type RuleDraft, type RuleStored, savedFrom } from './rule-draft.ts'
import { contentOf } from './use-templates.ts'

export type RulePageProps = {
  start: RuleDraft
  /** Null for a rule that is being made. */
  stored: RuleStored | null
  choices: Choices
  shell: ShellData
}

/** What depends on the event's values alone stands under every field as what it takes. */
const isRuleOfType = ({ code, severity }: ContentProblem) =>
  severity === 'hint' && /^(may_be_cut|only_approved_values|not_(?!in_template))/.test(code)

/** What is wrong or doubtful: in what every event makes of the rule, and in what the sample values make of it. */
function useRuleProblems(draft: RuleDraft, declared: readonly string[], values: Record<string, string>) {
  const ofCard = (typed: RuleDraft) => {
    const content = contentFrom(typed)
    if (content.templateText === '') return []
    const problems = checkCard(content, { variables: declared }).filter((problem) => !isRuleOfType(problem))
    return problems.map((problem) => ({ ...problem, path: `content.${problem.path}` }))
  }
  const isMissing = ({ code }: { code: string }) => code === 'required'
  const problems = useProblems({
    content: draft,
    check: (typed: RuleDraft) => ofCard(typed).filter((problem) => !isMissing(problem)),
    missing: (typed: RuleDraft) => [...missingIn(typed), ...ofCard(typed).filter(isMissing)],
    pathOf: (path) => (path === 'dampingSeconds' ? 'minutes' : path),
  })
  return { ...problems, ofSamples: checkValues(contentFrom(draft), values, declared) }
}

const savedRule = (rule: RuleStored): Saved<RuleDraft> => ({
  version: rule.version,
  draft: draftOf(rule),
  at: rule.updatedAt,
  by: rule.updatedBy,
})

const asSent = (draft: RuleDraft) => savedFrom(draft, undefined, 0)

export function useRule({ start, stored, choices, shell }: RulePageProps) {
  const t = useTranslations('PushRule')
  const common = useTranslations('Template')
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  const changed = useRulesChanged()
  const [id, setId] = useState(stored?.id)
  const name = id ?? `new ${start.appId} ${start.scenario} ${start.accountId}`

  /** The draft with what the account of a rule that was pointed at another one has: its templates may still be asked for. */
  const withListed = async (draft: RuleDraft): Promise<RuleDraft> => {
    const before = editing.saved?.draft
    if (!before || before.accountId === draft.accountId) return draft
    const options = trpc.officialAccounts.templates.queryOptions({ id: draft.accountId })
    const templates = await queryClient.ensureQueryData(options).catch(() => undefined)
    const content = templates && contentOf(draft, before, declared, templates)
    if (!content) return draft
    editing.store.follow({ content })
    return editing.store.get()
  }
  const editing: Editing<RuleDraft> = useEditing<RuleDraft>({
    start,
    stored: stored && savedRule(stored),
    canWrite: shell.permissions.includes('push-rules:write'),
    storageKey: `${shell.organization?.id} push-rule ${name}`,
    isDraft,
    isSame: (one, other) => isAlike(asSent(one), asSent(other)),
    blocked: (draft) => problems.blocked(draft, (count) => common('blocked', { count })),
    refused: (error, draft) => problems.refused(error, draft, t('notChecked')),
    async send(typed, over) {
      const draft = await withListed(typed)
      const before = over === 0 ? undefined : id
      const made = await client.pushRules.save.mutate(savedFrom(draft, before, over))
      // The page goes on with the rule that it has just made: nothing is drawn anew, and reloading it opens the rule.
      if (!before) window.history.replaceState(null, '', rulePlace(made.id))
      setId(made.id)
      // Saved is saved: the lists catch up by themselves, and the next save need not wait for them.
      void changed()
      return { version: made.version, draft, at: new Date(), by: shell.user.name }
    },
    async findTheirs(error, over) {
      const { code, data } = domainErrorOf(error) ?? {}
      if (!id || over === 0 || (data?.reason !== 'push_rule_changed' && code !== 'not_found')) return undefined
      try {
        const theirs = savedRule(await client.pushRules.get.query({ id }))
        // The rule is there: what is not is its App or its account.
        return code === 'not_found' ? undefined : theirs
      } catch (failure) {
        if (domainErrorOf(failure)?.code === 'not_found') return null
        throw failure
      }
    },
  })
  const { store, canWrite } = editing
  const draft = useDraft(store, (typed) => typed)
  const event = choices.events.find(({ key }) => key === draft.scenario)
  const declared = event ? ruleVariables(event) : []
  // The sample values of another event may have to be looked up: what is there stays until then.
  const samples = useRuleSamples(useDeferredValue(event?.key ?? choices.events[0]?.key ?? ''))
  const problems = useRuleProblems(draft, declared, samples.values)
  return {
    ...{ id, choices, stored, editing, draft, event, declared, samples, problems, canWrite },
    variables: useVariables(declared, samples.values),
    change: store.change,
    changeContent: (part: Partial<RuleDraft['content']>) =>
      store.change({ content: { ...store.get().content, ...part } }),
  }
}

export type Rule = ReturnType<typeof useRule>

/** The sample values of the event, and beside them how many were held back, which is no variable of the event's own. */
function useRuleSamples(scenario: string): Samples {
  const { values, change, reset } = useSamples(scenario)
  const [heldBack, setHeldBack] = useState('0')
  return {
    values: { ...values, [heldBackVariable]: heldBack },
    change: ({ [heldBackVariable]: held = '', ...own }) => {
      setHeldBack(held)
      change(own)
    },
    reset: () => {
      setHeldBack('0')
      reset()
    },
  }
}
