'use client'
/**
 * What is wrong or doubtful in a form, field by field: as it is found while typing, what is missing once somebody tried to
 * save, and what the server refused until that field is changed.
 */
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import type { ContentProblem } from '#channels/problems.ts'
import type { FieldProblem } from '#domain/base/errors.ts'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { domainErrorOf, useProblemWords } from '../ui/problem-words.tsx'
import type { ResultProps } from '../ui/result.tsx'
import { joinSentences } from '../ui/sentences.ts'
import { isAlike } from './draft.ts'

/** What is wrong with a field, and what is worth knowing and stops nothing. */
export type FieldProblems = { error?: string; hints: string[] }

/** By the path within the content, such as `mainland.mapping.code`. */
export type ProblemsAt = (path: string) => FieldProblems

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
  const common = useTranslations('Template')
  const locale = useLocale()
  const words = useProblemWords(provider)
  const providerWords = useProviderWords()
  const [isTried, setTried] = useState(false)
  const [refused, setRefused] = useState<(FieldProblem & { value: unknown })[]>([])
  const current = [...(isTried ? missing(content) : []), ...check(content)]
  const stillRefused = refused.filter(({ path, value }) => isAlike(valueAt(content, path), value))

  /** A problem in words, with the provider's own reason where it has one. */
  const say = ({ code, params }: Pick<FieldProblem, 'code' | 'params'>): string => {
    const detail = params?.detail
    return joinSentences(
      [words.text({ code, ...(params ? { params } : {}) }), detail && t('reason', { detail })],
      locale,
    )
  }
  const at: ProblemsAt = (path) => {
    const here = current.filter((problem) => problem.path === path)
    const errors = [...stillRefused.filter((problem) => problem.path === path), ...here.filter(isError)].map(say)
    return {
      ...(errors.length > 0 ? { error: joinSentences([...new Set(errors)], locale) } : {}),
      hints: here.filter((problem) => !isError(problem)).map(say),
    }
  }
  /** The errors in the content as it is at the time of the call. */
  const errorsIn = (of: Content) => [...missing(of), ...check(of)].filter(isError)
  const fields = useRef<HTMLDivElement>(null)
  const [stops, setStops] = useState(0)
  useEffect(() => {
    if (stops > 0) fields.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-problem]')?.focus()
  }, [stops])
  const lead = () => {
    setTried(true)
    setStops((count) => count + 1)
  }
  const providerFailure = (error: unknown): ResultProps | undefined =>
    domainErrorOf(error)?.data.provider ? providerWords(error) : undefined
  return {
    ...{ at, say, errorsIn, fields, providerFailure },
    showMissing: () => setTried(true),
    /** Leads to what is wrong with the content; undefined where nothing is. */
    blocked(of: Content, title: (count: number) => string): ResultProps | undefined {
      const { length } = errorsIn(of)
      if (length === 0) return undefined
      lead()
      return { tone: 'red', title: title(length), why: t('marked') }
    },
    /** What the server refused of a content stands on its fields; a provider's silence is said as such, the rest not here. */
    refused(error: unknown, of: Content, notChecked: string): ResultProps | undefined {
      const ofFields = words.fields(error).flatMap((problem) => {
        const path = pathOf(problem.path)
        return path ? [{ ...problem, path, value: valueAt(of, path) }] : []
      })
      setRefused(ofFields)
      if (ofFields.length > 0) {
        lead()
        return { tone: 'red', title: common('notSaved'), why: t('marked') }
      }
      const failure = providerFailure(error)
      return failure && { ...failure, title: notChecked }
    },
  }
}

const isError = ({ severity }: ContentProblem) => severity === 'error'

/** A provider that did not answer as it should, in words: what happened, what to do, and its own code to ask about. Uses `Cause`. */
export function useProviderWords(): (error: unknown) => ResultProps {
  const causes = useDynamicWords('Cause')
  const words = useProblemWords()
  return (error) => {
    const data = domainErrorOf(error)?.data
    const usual = words.result(error)
    if (!data?.provider) return usual
    const { reason = '', provider } = data
    const { code, detail, requestId } = provider
    const toAskAbout = { code, ...(detail ? { detail } : {}), ...(requestId ? { requestId } : {}) }
    return { ...usual, why: causes.find(reason), next: causes.find(`${reason}Hint`), ...toAskAbout }
  }
}
