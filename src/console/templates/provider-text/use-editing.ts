'use client'
/** One template in its form: what is typed, checked, tried and saved. The same for every channel of accounts. */
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { ContentProblem } from '#channels/contract.ts'
import type { Texts } from '#channels/texts.ts'
import { isAlike } from '#console/editing/edited.ts'
import type { AskedForMore } from '#console/editing/more-menu.tsx'
import { asContent, savedFrom } from '#console/editing/stored-template.ts'
import { useSampleValues } from '#console/editing/use-sample-values.ts'
import { useSaving } from '#console/editing/use-saving.ts'
import { useTestSendAsked } from '#console/editing/use-test-send-asked.ts'
import { useVariables } from '#console/editing/use-variables.ts'
import type { ShellData } from '#console/shell/shell-data.ts'
import { domainErrorOf } from '#console/ui/problem-words.tsx'
import type { ResultProps } from '#console/ui/result.tsx'
import type { Scenario } from '#domain/scenarios/scenarios.ts'
import type { About } from './place.ts'
import { useEdited } from './use-edited.ts'
import { useProblems } from './use-problems.ts'
import { useProviderWords } from './use-provider-words.ts'
import type { Stored } from './use-stored.ts'

/** What the person wants to do. */
export type Asked = AskedForMore | 'test-send'

export type PageProps = { about: About; shell: ShellData }
export type EditingProps = PageProps & Stored & { onDeleted: () => void }

/** What a channel knows of its contents. All pure. */
export type ChannelForm<Content> = {
  empty: Content
  /** The content without what the form keeps for convenience. */
  asSent: (content: Content) => Content
  check: (content: Content, scenario: Scenario, texts: Texts) => ContentProblem[]
  missing: (content: Content, texts: Texts) => ContentProblem[]
}

export function useEditing<Content>(props: EditingProps, form: ChannelForm<Content>) {
  const { about, shell, scenario, stored, underneath, onDeleted } = props
  const t = useTranslations('Template')
  const own = useTranslations('AccountTemplate')
  const providerWords = useProviderWords()
  const canWrite = shell.permissions.includes('templates:write')
  const [start] = useState(() => {
    const first = stored ?? underneath
    return { content: first ? asContent<Content>(first.content) : form.empty, fallBack: stored?.fallBack ?? false }
  })
  const edited = useEdited(start, form.asSent)
  const samples = useSampleValues(scenario.key)
  const variables = useVariables(scenario.variables, samples.values)
  const problems = useProblems({
    content: edited.content,
    provider: about.account.provider,
    check: (content: Content) => form.check(content, scenario, about.texts),
    missing: (content: Content) => form.missing(content, about.texts),
  })
  const fields = useRef<HTMLDivElement>(null)
  const [stops, setStops] = useState(0)
  useEffect(() => {
    if (stops > 0) fields.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-problem]')?.focus()
  }, [stops])

  const lead = () => {
    problems.showMissing()
    setStops((count) => count + 1)
  }
  const blocked = (): ResultProps | undefined => {
    const { length } = problems.errorsIn(edited.store.get())
    if (length === 0) return undefined
    lead()
    return { tone: 'red', title: t('blocked', { count: length }), why: own('marked') }
  }
  const providerFailure = (error: unknown): ResultProps | undefined =>
    domainErrorOf(error)?.data.provider ? providerWords(error) : undefined
  /** What the server said of the content stands on its fields; a provider's silence is said as such. */
  const refused = (error: unknown): ResultProps | undefined => {
    if (problems.note(error, edited.store.get())) {
      lead()
      return { tone: 'red', title: t('notSaved'), why: own('marked') }
    }
    const failure = providerFailure(error)
    return failure && { ...failure, title: own('notChecked') }
  }
  const saving = useSaving<Content>({
    place: about.place,
    content: edited.store,
    edited: edited.content,
    initial: stored && savedFrom<Content>(stored),
    author: shell.user.name,
    blocked,
    refused,
    fallBack: edited.fallsBack,
  })
  const now = saving.saved ?? start
  const isChanged = edited.fallBack !== now.fallBack || !isAlike(form.asSent(edited.content), form.asSent(now.content))
  const [asked, setAsked] = useState<Asked>()
  useTestSendAsked(canWrite, () => setAsked('test-send'))
  const save = (note: string) => saving.save(note)
  const saveByKey = (event: KeyboardEvent) => {
    if (event.key !== 's' || event.altKey || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    if (canWrite && !asked && !saving.conflict) save('')
  }
  return {
    ...{
      about,
      scenario,
      stored,
      underneath,
      canWrite,
      edited,
      samples,
      variables,
      problems,
      saving,
      isChanged,
      fields,
    },
    ...{ asked, setAsked, save, saveByKey, onDeleted, providerFailure },
  }
}

export type Editing<Content> = ReturnType<typeof useEditing<Content>>
