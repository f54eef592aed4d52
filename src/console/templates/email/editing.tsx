'use client'
/** One template in the editor: what is typed, kept, compared, tried and saved. */
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { EmailContent } from '#channels/email/content.ts'
import { LeaveDialog } from '#console/editing/leave-dialog.tsx'
import { TemplateOf } from '#console/editing/template-of.tsx'
import { useTemplateSaving } from '#console/editing/template-saving.ts'
import { useSampleValues } from '#console/editing/use-sample-values.ts'
import { onSaveKey } from '#console/editing/use-saving.ts'
import { useTestSendAsked } from '#console/editing/use-test-send-asked.ts'
import { useVariables } from '#console/editing/use-variables.ts'
import { useEarlyEntries } from '#console/ui/early-entries.tsx'
import { asEdited, type ContentStore, emptyContent, isSame, openContent } from './content-store.ts'
import { type Asked, type EditingProps, emailOf, type PageProps } from './editing-props.ts'
import { EditorDialogs } from './editor-dialogs.tsx'
import { EditorHead } from './editor-head.tsx'
import { type EditorHandle, EditorWorkspace } from './editor-workspace.tsx'
import { quickFindings } from './findings/quick-findings.ts'
import { Notices } from './notices.tsx'
import { useDraft } from './use-draft.ts'

/** Whether what is edited would be stored otherwise than it is. */
function useIsChanged(content: ContentStore, stored: EmailContent): boolean {
  const edited = useMemo(() => asEdited(stored), [stored])
  return useSyncExternalStore(
    content.subscribe,
    () => !isSame(content.get(), edited),
    () => false,
  )
}

function Editing(props: EditingProps) {
  const { about, shell, from, scenario, stored, instead } = props
  const t = useTranslations('Template')
  const canWrite = shell.permissions.includes('templates:write')
  const { templateKey } = about
  const [start] = useState(() => {
    const first = stored ?? instead
    return first ? emailOf(first) : emptyContent
  })
  const [content] = useState(() => openContent(start))
  const editor = useRef<EditorHandle>(null)
  const samples = useSampleValues(scenario.key)
  const variables = useVariables(scenario.variables, samples.values)
  const checked = useMemo(() => ({ kind: scenario.kind, variables: scenario.variables }), [scenario])
  const saving = useTemplateSaving<EmailContent>({
    templateKey,
    content,
    stored,
    author: shell.user.name,
    blocked() {
      const errors = quickFindings(content.get(), checked).filter(({ severity }) => severity === 'error')
      const [first] = errors
      if (!first) return undefined
      editor.current?.reveal(first)
      return { tone: 'red', title: t('blocked', { count: errors.length }), why: t('blockedWhere') }
    },
  })
  const now = saving.saved?.content ?? start
  const draft = useDraft({
    content,
    storageKey: `${shell.organization?.id} ${templateKey.scenario} ${templateKey.appId} ${templateKey.locale}`,
    baseVersion: saving.base,
    stored: asEdited(now),
  })
  // What was typed over an older version is a conflict, even if it was typed before this page was opened.
  const draftBase = draft.found?.baseVersion
  const { setBase, hideProblem } = saving
  // What was wrong with another content is not said any more.
  useEffect(() => content.subscribe(hideProblem), [content, hideProblem])
  useEffect(() => {
    if (draftBase !== undefined) setBase(draftBase)
  }, [draftBase, setBase])
  const isChanged = useIsChanged(content, now)
  const [asked, setAsked] = useState<Asked>()
  useTestSendAsked(canWrite, () => setAsked('test-send'))

  const page = useRef<HTMLDivElement>(null)
  useEarlyEntries(page)

  const save = async (note: string) => {
    if (await saving.save(note)) draft.forget()
  }
  const saveByKey = onSaveKey(() => {
    if (canWrite && !asked && !saving.conflict) save('')
  })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the key that saves, wherever the cursor is
    <div ref={page} className="template-page" onKeyDown={saveByKey}>
      <EditorHead {...props} canWrite={canWrite} isChanged={isChanged} saving={saving} onSave={save} onAsk={setAsked} />
      <Notices {...props} saving={saving} draft={draft} content={content} isChanged={isChanged} />
      <EditorWorkspace
        content={content}
        scenario={checked}
        variables={variables}
        values={samples.values}
        onValues={samples.change}
        onResetValues={samples.reset}
        from={from.name || from.address ? from : { name: t('noSender'), address: '' }}
        isReadOnly={!canWrite}
        handle={editor}
      />
      <EditorDialogs
        {...props}
        asked={asked}
        onAsk={setAsked}
        content={content}
        values={samples.values}
        saving={saving}
        draft={draft}
        canWrite={canWrite}
        isChanged={isChanged}
      />
      <LeaveDialog isChanged={isChanged && canWrite} intro={t('leaveIntro')} />
    </div>
  )
}

export const EmailTemplate = (props: PageProps) => <TemplateOf page={props} of={Editing} />
