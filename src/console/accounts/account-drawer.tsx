'use client'
/**
 * Adds or changes an account in a drawer. A change of the validated account is checked before anything is saved, and the
 * stages of that check appear under the fields as they end.
 */
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import type { StageResult } from '#channels/contract.ts'
import type { ChannelId } from '#channels/traits.ts'
import type { Question } from '#domain/accounts/replacement.ts'
import { useTRPCClient } from '../trpc/client.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { SelectField, TextField } from '../ui/fields.tsx'
import type { FormProblem, FormValues } from '../ui/form.tsx'
import { FormDrawer } from '../ui/form-drawer.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import { AccountFields, configOf, inputName, missingIn } from './account-fields.tsx'
import { AskFirst, agreedTo } from './ask-first.tsx'
import { CheckBeforeSave, type SaveCheck } from './check-before-save.tsx'
import type { AccountForm, AccountListed } from './use-checks.ts'
import { useAccountsChanged } from './use-checks.ts'

type Props = {
  channel: ChannelId
  /** The forms of the channel's providers. */
  forms: readonly AccountForm[]
  edited: AccountListed | 'new' | undefined
  onClose: () => void
}

export function AccountDrawer({ channel, forms, edited, onClose }: Props) {
  const t = useTranslations('Accounts')
  const words = useDynamicWords('Accounts')
  const account = typeof edited === 'object' ? edited : undefined
  const [chosen, choose] = useState<string>()
  const provider = account?.provider ?? chosen ?? forms[0]?.provider
  const form = forms.find((candidate) => candidate.provider === provider)
  const inside = useRef<HTMLSpanElement>(null)
  const { save, check, asks, agree, forget } = useSaveAccount(channel, account, form)
  const close = () => {
    forget()
    choose(undefined)
    onClose()
  }
  if (!form) return null
  const { config } = account ?? {}
  return (
    <>
      <FormDrawer
        isOpen={edited !== undefined}
        onClose={close}
        title={account ? t('editTitle', { name: account.name }) : words(`addTitle_${channel}`)}
        intro={account?.isInForce ? t('editValidated') : undefined}
        onSave={save}
      >
        {/* What was wrong with other values is not said any more. */}
        <div className="form" onInput={() => !check?.isRunning && forget()}>
          <TextField name="name" label={t('name')} help={t('nameHelp')} required defaultValue={account?.name} />
          {!account && forms.length > 1 && (
            <SelectField
              name="provider"
              label={t('provider')}
              defaultValue={form.provider}
              options={forms.map(({ provider }) => ({ value: provider, label: words(`provider_${provider}`) }))}
              onChange={(event) => choose(event.currentTarget.value)}
            />
          )}
          <AccountFields
            key={form.provider}
            provider={form.provider}
            fields={form.fields}
            presets={account ? [] : form.presets}
            stored={account && config ? { config, secrets: account.secrets } : undefined}
          />
        </div>
        {check && <CheckBeforeSave check={check} why={t('notSavedWhy')} />}
        <span ref={inside} hidden />
      </FormDrawer>
      <AskFirst
        channel={channel}
        provider={form.provider}
        asks={asks}
        account={{ id: account?.id ?? '', name: account?.name ?? '' }}
        onAnswer={(question) => {
          agree(question)
          if (question) inside.current?.closest('form')?.requestSubmit()
        }}
      />
    </>
  )
}

function useSaveAccount(channel: ChannelId, account: AccountListed | undefined, form: AccountForm | undefined) {
  const client = useTRPCClient()
  const words = useProblemWords()
  const changed = useAccountsChanged(channel)
  const [check, setCheck] = useState<SaveCheck>()
  const [asks, setAsks] = useState<Question>()
  const agreed = useRef<Question>(undefined)

  const save = async (values: FormValues): Promise<FormProblem | undefined> => {
    if (!form) return undefined
    setCheck(undefined)
    const { provider, fields } = form
    const { name = '' } = values
    // A stored secret stays where it is left alone; the server knows when it may.
    const needed = account ? fields.filter(({ secret }) => !secret) : fields
    // All of them at once; the server would name the account's own first and the provider's afterwards.
    const missing = missingIn(needed, values)
    if (missing.length > 0) {
      return { fields: Object.fromEntries(missing.map((input) => [input, words.text({ code: 'required' })])) }
    }
    const config = configOf(fields, values)
    let stages: readonly StageResult[] = []
    try {
      const answered = agreed.current && { agreed: agreedTo(agreed.current) }
      const input = { channel, provider, name, config, ...(account ? { id: account.id } : {}), ...answered }
      agreed.current = undefined
      for await (const part of await client.accounts.save.mutate(input)) {
        if ('stage' in part) {
          stages = [...stages, part.stage]
          setCheck({ provider, stages, isRunning: true })
        } else if (!part.end.saved) {
          setCheck({ provider, stages, isRunning: false })
          setAsks(part.end.asks)
          return {}
        }
      }
    } catch (error) {
      setCheck(undefined)
      return words.form(error, { inputs: ['name', ...fields.map((field) => inputName(field.name))] })
    }
    await changed()
    return undefined
  }
  const agree = (question: Question | undefined) => {
    agreed.current = question
    setAsks(undefined)
  }
  return { save, check, asks, agree, forget: () => setCheck(undefined) }
}
