'use client'
/** Saves the template of the form, and keeps what came of it: findings by place, a conflict, or the new version. */
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTRPC, useTRPCClient } from '../../../../../../trpc/client.tsx'
import { type FormProblem, type FormValues, useSave } from '../../../../../../ui/form.tsx'
import { domainErrorOf, useProblemWords } from '../../../../../../ui/problem-words.tsx'
import { useTemplatesChanged } from '../../../templates/templates-changed.ts'
import { contentFields, contentToSave, inputName } from './template-content.ts'
import type { TemplateStored } from './template-page.tsx'

export type Place = { channel: 'email'; scenario: string; appId: string | null }

/** Something found in the content; with a place where it has one. */
export type Finding = {
  severity: 'error' | 'hint'
  path: string
  text: string
  params?: Record<string, string | number>
}

/** Somebody else's save that came first; null when they deleted it. */
export type Conflict = { stored: TemplateStored | null }

const inputs = [...contentFields.map(inputName), 'note']

export function useTemplateSave(place: Place, stored: TemplateStored | null, onSaved: () => void) {
  const client = useTRPCClient()
  const words = useProblemWords()
  const changed = useTemplateSaved(place)
  const [base, setBase] = useState(stored?.version ?? 0)
  const [conflict, setConflict] = useState<Conflict>()
  const [findings, setFindings] = useState<readonly Finding[]>([])
  const [savedVersion, setSavedVersion] = useState<number>()
  const isOver = useRef(false)

  const findTheirs = async (): Promise<FormProblem> => {
    try {
      setConflict({ stored: (await client.templates.get.query(place)).template })
      return {}
    } catch (error) {
      return { result: words.result(error) }
    }
  }
  const save = async (values: FormValues): Promise<FormProblem | undefined> => {
    const baseVersion = conflict && isOver.current ? (conflict.stored?.version ?? 0) : base
    isOver.current = false
    const { note = '' } = values
    const content = contentToSave(values)
    const fallBack = stored?.fallBack ?? false
    setFindings([])
    setSavedVersion(undefined)
    try {
      const { version, hints } = await client.templates.save.mutate({ ...place, content, baseVersion, fallBack, note })
      setBase(version)
      setConflict(undefined)
      setSavedVersion(version)
      setFindings(hints.map((hint) => ({ ...hint, path: inputName(hint.path), text: words.text(hint) })))
      onSaved()
      await changed()
      return undefined
    } catch (error) {
      const shape = domainErrorOf(error)
      if (shape?.data.reason === 'template_changed') return findTheirs()
      const problems = words.fields(error)
      setFindings(problems.map((problem) => ({ severity: 'error', ...problem })))
      return words.form(error, { inputs })
    }
  }
  const saving = useSave(save)
  /** Saves over what somebody else saved meanwhile and this person was shown. */
  const saveOver = () => {
    isOver.current = true
    saving.form.current?.requestSubmit()
  }
  return { ...saving, saveOver, conflict, findings, savedVersion }
}

/** Reads again what shows the template that was saved. */
function useTemplateSaved(place: Place) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const listsChanged = useTemplatesChanged()
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries(trpc.templates.get.queryFilter(place)),
      queryClient.invalidateQueries(trpc.templates.versions.queryFilter(place)),
      listsChanged(),
    ])
  }
}

export type TemplateSaving = ReturnType<typeof useTemplateSave>
