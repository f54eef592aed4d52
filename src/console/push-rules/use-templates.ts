'use client'
/** The templates that the chosen account has at WeChat, as it says now; the last answer stays while it is asked again. */
import { useQuery } from '@tanstack/react-query'
import type { ProviderTemplate } from '#channels/answers.ts'
import { useTRPC } from '../trpc/client.tsx'
import { guessValues } from './card-values.ts'
import type { RuleDraft } from './rule-draft.ts'

export function useTemplates(accountId: string, isAsked: boolean) {
  const trpc = useTRPC()
  const { data, error, isFetching, refetch } = useQuery(
    trpc.officialAccounts.templates.queryOptions(
      { id: accountId },
      { enabled: isAsked && accountId !== '', staleTime: 0, refetchOnWindowFocus: false },
    ),
  )
  return {
    templates: data,
    error: isFetching ? null : error,
    isAsking: isFetching,
    askAgain: () => void refetch(),
  }
}

export type Templates = ReturnType<typeof useTemplates>

type Content = RuleDraft['content']

/** The content with a template of the list, and a guess for every field that has no value yet. */
export function withTemplate({ content }: RuleDraft, declared: readonly string[], listed: ProviderTemplate): Content {
  const { code, name, text, example } = listed
  const values = guessValues({ text, example }, declared, content.values)
  return { ...content, templateId: code, title: name || content.title, templateText: text, values }
}

/**
 * What the account's templates make of a content; undefined where it stays. What WeChat has is what is sent: a text that was
 * changed there takes the place of the one kept here, and a rule that is pointed at another account takes the template of the
 * same title there.
 */
export function contentOf(
  draft: RuleDraft,
  stored: RuleDraft | undefined,
  declared: readonly string[],
  templates: readonly ProviderTemplate[],
): Content | undefined {
  const { content } = draft
  if (templates.length === 0) return undefined
  const listed = templates.find(({ code }) => code === content.templateId)
  if (listed) return listed.text === content.templateText ? undefined : withTemplate(draft, declared, listed)
  if (stored === undefined || stored.accountId === draft.accountId) return undefined
  const alike = templates.find(({ name }) => name === content.title)
  if (alike) return withTemplate(draft, declared, alike)
  return content.templateId ? { ...content, templateId: '' } : undefined
}
