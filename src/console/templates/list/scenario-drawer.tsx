'use client'
/** Adds a scenario of the organization's own: its key, kind, names and variables. */
import { useTranslations } from 'next-intl'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { AreaField, SelectField, TextField } from '#console/ui/fields.tsx'
import type { FormProblem, FormValues } from '#console/ui/form.tsx'
import { FormDrawer } from '#console/ui/form-drawer.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { useTemplatesChanged } from './templates-changed.ts'

const kinds = ['verification', 'notification'] as const

/** The names in a list with commas, spaces or lines between them; `${name}` is taken for `name`. */
export const namesIn = (text: string): string[] =>
  [...text.matchAll(/[^\s,，、;；]+/g)].map(([name]) => name.replace(/^\$\{(.*)\}$/, '$1'))

export function ScenarioDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslations('Templates')
  const client = useTRPCClient()
  const words = useProblemWords()
  const changed = useTemplatesChanged()

  const problemOf = (error: unknown, variables: readonly string[]): FormProblem => {
    const wrong = words
      .fields(error)
      .flatMap(({ path }) => variables[Number(/^variables\.(\d+)$/.exec(path)?.[1])] ?? [])
    const problem = words.form(error, {
      inputs: ['key', 'kind', 'nameEn', 'nameZh', 'variables'],
      say: ({ path, code }) => (path === 'key' && code === 'invalid_form' ? t('keyForm') : undefined),
    })
    if (wrong.length === 0) return problem
    return { fields: { ...problem.fields, variables: t('variableForm', { names: wrong.join(', ') }) } }
  }
  const save = async ({ key = '', kind, nameEn = '', nameZh = '', variables: text = '' }: FormValues) => {
    const variables = namesIn(text)
    const chosen = kinds.find((candidate) => candidate === kind) ?? 'verification'
    try {
      await client.templates.addScenario.mutate({ key: key.trim(), kind: chosen, nameEn, nameZh, variables })
    } catch (error) {
      return problemOf(error, variables)
    }
    await changed()
    return undefined
  }
  return (
    <FormDrawer isOpen={isOpen} onClose={onClose} title={t('addScenario')} intro={t('addScenarioIntro')} onSave={save}>
      <TextField name="key" label={t('key')} help={t('keyForm')} required maxLength={40} autoComplete="off" />
      <SelectField
        name="kind"
        label={t('kind')}
        help={t('kindHelp')}
        options={kinds.map((kind) => ({ value: kind, label: t(`kind_${kind}`) }))}
      />
      <TextField name="nameEn" label={t('nameEn')} required autoComplete="off" />
      <TextField name="nameZh" label={t('nameZh')} required autoComplete="off" />
      <AreaField name="variables" label={t('variables')} help={t('variablesHelp')} rows={4} isCode />
    </FormDrawer>
  )
}
