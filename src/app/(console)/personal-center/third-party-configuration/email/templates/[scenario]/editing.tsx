'use client'
/** One template in the editor: what is typed, kept, compared, tried and saved. */
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { EmailContent } from '#domain/channels/email.ts'
import {
  asEdited,
  type ContentStore,
  emptyContent,
  isSame,
  openContent,
} from '../../../../../../template-editor/content-store.ts'
import { type EditorHandle, EditorWorkspace } from '../../../../../../template-editor/editor-workspace.tsx'
import { useDraft } from '../../../../../../template-editor/use-draft.ts'
import { useDynamicWords } from '../../../../../../ui/dynamic-words.ts'
import type { Asked, EditingProps } from './editing-props.ts'
import { EditorDialogs } from './editor-dialogs.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { Notices } from './notices.tsx'
import { asEmail, savedFrom } from './stored-template.ts'
import { TemplateHead } from './template-head.tsx'
import { useSampleValues } from './use-sample-values.ts'
import { useSaving } from './use-saving.ts'

/** Whether what is edited would be stored otherwise than it is. */
function useIsChanged(content: ContentStore, stored: EmailContent): boolean {
  const edited = useMemo(() => asEdited(stored), [stored])
  return useSyncExternalStore(
    content.subscribe,
    () => !isSame(content.get(), edited),
    () => false,
  )
}

/** The scenario's variables with what they mean and a value to look at. */
function useVariables(names: readonly string[], values: Record<string, string>) {
  const words = useDynamicWords('Variable')
  return useMemo(
    () => names.map((name) => ({ name, description: words.find(name), sample: values[name] ?? '' })),
    [names, values, words.find],
  )
}

export function Editing(props: EditingProps) {
  const { about, shell, from, nonce, scenario, stored, instead } = props
  const t = useTranslations('Template')
  const canWrite = shell.permissions.includes('templates:write')
  const { place } = about
  const [start] = useState(() => asEmail((stored ?? instead?.template)?.content ?? emptyContent))
  const [content] = useState(() => openContent(start))
  const editor = useRef<EditorHandle>(null)
  const samples = useSampleValues(scenario.key)
  const variables = useVariables(scenario.variables, samples.values)
  const checked = useMemo(() => ({ kind: scenario.kind, variables: scenario.variables }), [scenario])
  const saving = useSaving({
    place,
    content,
    scenario: checked,
    initial: stored && savedFrom(stored),
    author: shell.user.name,
    onBlocked: (finding) => editor.current?.reveal(finding),
  })
  const now = saving.saved?.content ?? start
  const draft = useDraft({
    content,
    place: `${shell.organization?.id} ${place.scenario} ${place.appId} ${place.locale}`,
    baseVersion: saving.base,
    stored: asEdited(now),
  })
  // What was typed over an older version is a conflict, even if it was typed before this page was opened.
  const draftBase = draft.found?.baseVersion
  const { setBase } = saving
  useEffect(() => {
    if (draftBase !== undefined) setBase(draftBase)
  }, [draftBase, setBase])
  const isChanged = useIsChanged(content, now)
  const [asked, setAsked] = useState<Asked>()

  const save = async (note: string) => {
    if (await saving.save(note)) draft.forget()
  }
  const saveByKey = (event: KeyboardEvent) => {
    if (event.key !== 's' || event.altKey || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    if (canWrite && !asked && !saving.conflict) save('')
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the key that saves, wherever the cursor is
    <div className="template-page" onKeyDown={saveByKey}>
      <TemplateHead
        {...props}
        canWrite={canWrite}
        isChanged={isChanged}
        saving={saving}
        onSave={save}
        onAsk={setAsked}
      />
      <Notices {...props} saving={saving} draft={draft} content={content} isChanged={isChanged} />
      <EditorWorkspace
        content={content}
        scenario={checked}
        variables={variables}
        values={samples.values}
        onValues={samples.change}
        onResetValues={samples.reset}
        from={from.name || from.address ? from : { name: t('noSender'), address: '' }}
        nonce={nonce}
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
      <LeaveDialog isChanged={isChanged && canWrite} />
    </div>
  )
}
