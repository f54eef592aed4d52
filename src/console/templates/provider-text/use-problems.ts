'use client'
/**
 * What is wrong or doubtful in a form, field by field: as it is found while typing, what is missing once somebody tried to
 * save, and what the server refused until that field is changed.
 */
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import type { ContentProblem } from '#channels/contract.ts'
import { isAlike } from '#console/editing/edited.ts'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { joinSentences } from '#console/ui/sentences.ts'
import type { FieldProblem } from '#domain/base/errors.ts'

/** What is said of one field. */
export type Said = { error?: string; hints: string[] }

/** By the path within the content, such as `mainland.mapping.code`. */
export type SaidAt = (path: string) => Said

/** What stands at a path of a content. */
function valueAt(content: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce(
      (value, name) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined,
      content,
    )
}

type Options<Content> = {
  content: Content
  /** Of the account that the content is for, where its own words count. */
  provider?: string
  /** Problems that are found while typing. */
  check: (content: Content) => ContentProblem[]
  /** What is still to be chosen or typed; said only once somebody tried to save. */
  missing: (content: Content) => ContentProblem[]
  /** Where a path of the server's stands in the content; undefined for what is no part of it. */
  pathOf?: (path: string) => string | undefined
}

const withinContent = (path: string) => /^content\.(.+)$/.exec(path)?.[1]

export function useProblems<Content>({ content, provider, check, missing, pathOf = withinContent }: Options<Content>) {
  const t = useTranslations('AccountTemplate')
  const locale = useLocale()
  const words = useProblemWords(provider)
  const [isTried, setTried] = useState(false)
  const [refused, setRefused] = useState<(FieldProblem & { value: unknown })[]>([])
  const found = [...(isTried ? missing(content) : []), ...check(content)]
  const standing = refused.filter(({ path, value }) => isAlike(valueAt(content, path), value))

  /** A problem in words, with the provider's own reason where it has one. */
  const say = ({ code, params }: Pick<FieldProblem, 'code' | 'params'>): string => {
    const detail = params?.detail
    return joinSentences(
      [words.text({ code, ...(params ? { params } : {}) }), detail && t('reason', { detail })],
      locale,
    )
  }
  const at: SaidAt = (path) => {
    const here = found.filter((problem) => problem.path === path)
    const errors = [...standing.filter((problem) => problem.path === path), ...here.filter(isError)].map(say)
    return {
      ...(errors.length > 0 ? { error: joinSentences([...new Set(errors)], locale) } : {}),
      hints: here.filter((problem) => !isError(problem)).map(say),
    }
  }
  return {
    at,
    say,
    /** The errors in the content as it is at the time of the call. */
    errorsIn: (of: Content) => [...missing(of), ...check(of)].filter(isError),
    showMissing: () => setTried(true),
    /** Notes what the server refused of a content; false when it said nothing about the content. */
    note(error: unknown, of: Content): boolean {
      const about = words.fields(error).flatMap((problem) => {
        const path = pathOf(problem.path)
        return path ? [{ ...problem, path, value: valueAt(of, path) }] : []
      })
      setRefused(about)
      return about.length > 0
    },
  }
}

const isError = ({ severity }: ContentProblem) => severity === 'error'
