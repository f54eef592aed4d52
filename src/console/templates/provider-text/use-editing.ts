'use client'
/** One template in its form: what is typed, checked, tried and saved. The same for every channel of accounts. */
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { ContentProblem } from '#channels/problems.ts'
import type { Texts } from '#channels/texts.ts'
import { asContent, isAlike } from '#console/editing/edited.ts'
import type { AskedForMore } from '#console/editing/more-menu.tsx'
import type { TemplateOpened } from '#console/editing/template-of.tsx'
import { useTemplateSaving } from '#console/editing/template-saving.ts'
import { useProblems } from '#console/editing/use-problems.ts'
import { useSampleValues } from '#console/editing/use-sample-values.ts'
import { onSaveKey } from '#console/editing/use-saving.ts'
import { useTestSendAsked } from '#console/editing/use-test-send-asked.ts'
import { useVariables } from '#console/editing/use-variables.ts'
import type { ShellData } from '#console/shell/shell-data.ts'
import type { Scenario } from '#domain/scenarios/scenarios.ts'
import type { About } from './about.ts'
import { useEdited } from './use-edited.ts'

/** What the person wants to do. */
export type Asked = AskedForMore | 'test-send'

export type PageProps = { about: About; shell: ShellData }
export type EditingProps = PageProps & TemplateOpened

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
  const saving = useTemplateSaving<Content>({
    templateKey: about.templateKey,
    content: edited.store,
    edited: edited.content,
    stored,
    author: shell.user.name,
    blocked: () => problems.blocked(edited.store.get(), (count) => t('blocked', { count })),
    refused: (error) => problems.refused(error, edited.store.get(), own('notChecked')),
    fallBack: edited.fallsBack,
  })
  const now = saving.saved ?? start
  const isChanged = edited.fallBack !== now.fallBack || !isAlike(form.asSent(edited.content), form.asSent(now.content))
  const [asked, setAsked] = useState<Asked>()
  useTestSendAsked(canWrite, () => setAsked('test-send'))
  const saveByKey = onSaveKey(() => {
    if (canWrite && !asked && !saving.conflict) saving.save()
  })
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
    },
    ...{ asked, setAsked, saveByKey, onDeleted },
  }
}

export type Editing<Content> = ReturnType<typeof useEditing<Content>>
