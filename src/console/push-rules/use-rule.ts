'use client'
/** One push rule in its form: what is typed, checked while typing, tried and saved. */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRef, useState, useTransition } from 'react'
import { checkCard, checkValues } from '#channels/official-account/check.ts'
import type { ContentProblem } from '#channels/problems.ts'
import { useProblems } from '#console/editing/use-problems.ts'
import { heldBackVariable, ruleVariables } from '#domain/push-rules/rule-variables.ts'
import { isAlike } from '../editing/edited.ts'
import { useSampleValues } from '../editing/use-sample-values.ts'
import { onSaveKey } from '../editing/use-saving.ts'
import { useVariables } from '../editing/use-variables.ts'
import { useTRPC } from '../trpc/client.tsx'
import type { Choices } from './load-choices.ts'
import { contentFrom, missingIn, type RuleDraft, type RuleStored, savedFrom } from './rule-draft.ts'
import { useRuleSaving } from './use-rule-saving.ts'
import { contentOf } from './use-templates.ts'

export type RulePageProps = {
  start: RuleDraft
  /** Null for a rule that is being made. */
  stored: RuleStored | null
  choices: Choices
  author: string
  canWrite: boolean
}

export type AskedOfRule = 'test-push' | 'delete'

/** What is typed, with the same at hand for whoever is called later. */
function useDraft(start: RuleDraft) {
  const [draft, setDraft] = useState(start)
  const latest = useRef(start)
  const [, startTransition] = useTransition()
  const change = (news: Partial<RuleDraft>) => {
    latest.current = { ...latest.current, ...news }
    const put = () => setDraft(latest.current)
    // The sample values of another event may have to be looked up: what is there stays until then.
    if (news.scenario === undefined) put()
    else startTransition(put)
  }
  return { draft, latest, change }
}

/** What depends on the event's values alone stands under every field as what it takes. */
const isRuleOfType = ({ code, severity }: ContentProblem) =>
  severity === 'hint' && /^(may_be_cut|only_approved_values|not_(?!in_template))/.test(code)

/** What is wrong or doubtful: in what every event makes of the rule, and in what the sample values make of it. */
function useRuleProblems(draft: RuleDraft, declared: readonly string[], values: Record<string, string>) {
  const of = (typed: RuleDraft) => {
    const content = contentFrom(typed)
    if (content.templateText === '') return []
    const found = checkCard(content, { variables: declared }).filter((problem) => !isRuleOfType(problem))
    return found.map((problem) => ({ ...problem, path: `content.${problem.path}` }))
  }
  const isMissing = ({ code }: { code: string }) => code === 'required'
  const problems = useProblems({
    content: draft,
    check: (typed: RuleDraft) => of(typed).filter((problem) => !isMissing(problem)),
    missing: (typed: RuleDraft) => [...missingIn(typed), ...of(typed).filter(isMissing)],
    pathOf: (path) => (path === 'dampingSeconds' ? 'minutes' : path),
  })
  const content = contentFrom(draft)
  const ofSamples = checkValues(content, values, declared)
  return { ...problems, ofSamples }
}

export function useRule({ start, stored, choices, author, canWrite }: RulePageProps) {
  const t = useTranslations('PushRule')
  const common = useTranslations('Template')
  const { draft, latest, change } = useDraft(start)
  const event = choices.events.find(({ key }) => key === draft.scenario)
  const declared = event ? ruleVariables(event) : []
  const samples = useSamples(event?.key ?? choices.events[0]?.key ?? '')
  const variables = useVariables(declared, samples.values)
  const problems = useRuleProblems(draft, declared, samples.values)
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  const blocked = (title: (count: number) => string) => problems.blocked(latest.current, title)
  /** The templates of another account may still be asked for: a rule is saved with what that account has. */
  const prepare = async (before: RuleDraft | undefined) => {
    const { accountId: id } = latest.current
    if (!before || before.accountId === id) return
    const asked = queryClient.ensureQueryData(trpc.officialAccounts.templates.queryOptions({ id }))
    const templates = await asked.catch(() => undefined)
    const content = templates && contentOf(latest.current, before, declared, templates)
    if (content) change({ content })
  }
  const saving = useRuleSaving({
    content: { get: () => latest.current, replace: change },
    edited: draft,
    stored,
    author,
    blocked: () => blocked((count) => common('blocked', { count })),
    refused: (error) => problems.refused(error, latest.current, t('notChecked')),
    prepare,
  })
  const [asked, setAsked] = useState<AskedOfRule>()
  const asSent = (of: RuleDraft) => savedFrom(of, undefined, 0)
  const isChanged = !isAlike(asSent(draft), asSent(saving.saved?.content ?? start))
  const saveByKey = onSaveKey(() => {
    if (canWrite && !asked && !saving.conflict) saving.save()
  })
  return {
    ...{ choices, stored, draft, latest, change, event, declared, samples, variables, problems, saving },
    ...{ canWrite, isChanged, asked, setAsked, blocked, saveByKey },
  }
}

export type Rule = ReturnType<typeof useRule>

/** The sample values of the event, and beside them how many were held back, which is no variable of the event's own. */
function useSamples(scenario: string) {
  const { values, change, reset } = useSampleValues(scenario)
  const [heldBack, setHeldBack] = useState('0')
  return {
    values: { ...values, [heldBackVariable]: heldBack },
    change: ({ [heldBackVariable]: held = '', ...own }: Record<string, string>) => {
      setHeldBack(held)
      change(own)
    },
    reset: () => {
      setHeldBack('0')
      return reset()
    },
  }
}
