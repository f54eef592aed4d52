'use client'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { StageResult } from '#channels/contract.ts'
/**
 * Adds an official account in a drawer. WeChat is asked for a token first; its stages appear under the fields as they end,
 * and what it finds fault with is said at the field.
 */
import { ruleChannel } from '#channels/traits.ts'
import { useTRPC, useTRPCClient } from '#console/trpc/client.tsx'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { TextField } from '#console/ui/fields.tsx'
import type { FormProblem, FormValues } from '#console/ui/form.tsx'
import { FormDrawer } from '#console/ui/form-drawer.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { AccountFields, configOf, inputName, missingIn } from '../account-fields.tsx'
import { DrawerCheck, type RunningCheck } from '../drawer-check.tsx'
import type { AccountForm } from '../use-checks.ts'
import { useOfficialAccountsChanged } from './use-official-accounts-changed.ts'

type Props = { isOpen: boolean; onClose: () => void; onAdded: (id: string) => void }

export function AddOfficialAccount({ isOpen, onClose, onAdded }: Props) {
  const t = useTranslations('OfficialAccounts')
  const words = useTranslations('Accounts')
  const trpc = useTRPC()
  const { data: forms } = useSuspenseQuery(trpc.accounts.forms.queryOptions({ channel: ruleChannel }))
  const [form] = forms
  const { add, check, forget } = useAdd(form, onAdded)
  if (!form) return null
  return (
    <FormDrawer
      isOpen={isOpen}
      onClose={() => {
        forget()
        onClose()
      }}
      title={t('addTitle')}
      intro={t('addIntro')}
      onSave={add}
    >
      <TextField name="name" label={words('name')} help={words('nameHelp')} required maxLength={60} />
      <AccountFields provider={form.provider} fields={form.fields} />
      {check && <DrawerCheck provider={form.provider} check={check} title={words('notSaved')} why={t('notAddedWhy')} />}
    </FormDrawer>
  )
}

function useAdd(form: AccountForm | undefined, onAdded: (id: string) => void) {
  const client = useTRPCClient()
  const words = useProblemWords()
  const causes = useDynamicWords('Cause')
  const changed = useOfficialAccountsChanged()
  const [check, setCheck] = useState<RunningCheck>()

  const add = async (values: FormValues): Promise<FormProblem | undefined> => {
    if (!form) return undefined
    setCheck(undefined)
    const { provider, fields } = form
    const missing = missingIn(fields, values)
    if (missing.length > 0) {
      return { fields: Object.fromEntries(missing.map((input) => [input, words.text({ code: 'required' })])) }
    }
    let stages: readonly StageResult[] = []
    try {
      const input = { provider, name: values.name ?? '', config: configOf(fields, values) }
      for await (const part of await client.officialAccounts.add.mutate(input)) {
        if ('stage' in part) {
          stages = [...stages, part.stage]
          setCheck({ stages, isRunning: true })
        } else if (part.end.added) {
          await changed()
          onAdded(part.end.id)
        } else {
          setCheck({ stages, isRunning: false })
          const why = causes(stages.at(-1)?.cause ?? '')
          return { fields: Object.fromEntries(part.end.fields.map(({ path }) => [path, why])) }
        }
      }
    } catch (error) {
      setCheck(undefined)
      return words.form(error, { inputs: ['name', ...fields.map((field) => inputName(field.name))] })
    }
    setCheck(undefined)
    return undefined
  }
  return { add, check, forget: () => setCheck(undefined) }
}
