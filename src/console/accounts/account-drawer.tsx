'use client'
/**
 * Adds or changes an account in a drawer. A change of the validated account is checked before anything is saved, another account may be
 * validated once it is; the stages of either check appear under the fields as they end.
 */
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
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
import { DrawerCheck, type RunningCheck } from './drawer-check.tsx'
import type { AccountForm, AccountListed, Check } from './use-checks.ts'
import { useAccountsChanged } from './use-checks.ts'

type Props = {
  channel: ChannelId
  /** The forms of the channel's providers. */
  forms: readonly AccountForm[]
  /** Absent for a new one. */
  account: AccountListed | undefined
  /** The check of it that its row shows too, where there is one. */
  validation: Check | undefined
  /** Validates an account once it is saved; it is what the drawer is about from then on. */
  onValidate: (id: string) => void
  onClose: () => void
}

export function AccountDrawer({ channel, forms, account, validation, onValidate, onClose }: Props) {
  const t = useTranslations('Accounts')
  const words = useDynamicWords('Accounts')
  const [chosen, choose] = useState<string>()
  const provider = account?.provider ?? chosen ?? forms[0]?.provider
  const form = forms.find((candidate) => candidate.provider === provider)
  const inside = useRef<HTMLSpanElement>(null)
  const { save, check, asks, agree, forget } = useSaveAccount(channel, account, form)
  const awaited = useAwaited(validation, onClose)
  if (!form) return null
  const { config } = account ?? {}
  const saveAndValidate = async (values: FormValues) => {
    const saved = await save(values)
    if (!('id' in saved)) return saved
    awaited.start()
    onValidate(saved.id)
    return { isSaved: true } as const
  }
  return (
    <>
      <FormDrawer
        isOpen
        onClose={onClose}
        title={account ? t('editTitle', { name: account.name }) : words(`addTitle_${channel}`)}
        intro={account?.isInForce ? t('editValidated') : undefined}
        onSave={async (values) => {
          const saved = await save(values)
          return 'id' in saved ? undefined : saved
        }}
        second={account?.isInForce ? undefined : { verb: t('saveAndValidate'), onSave: saveAndValidate }}
        isWaiting={awaited.check?.isRunning ?? false}
      >
        {/* What was wrong with other values is not said any more. */}
        <div
          className="form"
          onInput={() => {
            if (!check?.isRunning) forget()
            awaited.stay()
          }}
        >
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
        {check && <DrawerCheck provider={form.provider} check={check} title={t('notSaved')} why={t('notSavedWhy')} />}
        {awaited.check && (
          <DrawerCheck
            provider={form.provider}
            check={awaited.check}
            title={t('savedNotInForce')}
            why={t('savedNotInForceWhy')}
          />
        )}
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

/**
 * The validation that the drawer was left open for: shown as it goes on, and the drawer closes once there is nothing left to put
 * right, unless something was typed meanwhile.
 */
function useAwaited(validation: Check | undefined, onClose: () => void) {
  const [state, setState] = useState<'leave' | 'stay'>()
  const check = state && validation
  const isOver = state === 'leave' && check?.isPassed && !check.isRunning && !check.asks
  useEffect(() => {
    if (isOver) onClose()
  }, [isOver, onClose])
  return {
    check,
    start: () => setState('leave'),
    stay: () => setState(check?.isRunning ? 'stay' : undefined),
  }
}

function useSaveAccount(channel: ChannelId, account: AccountListed | undefined, form: AccountForm | undefined) {
  const client = useTRPCClient()
  const words = useProblemWords()
  const changed = useAccountsChanged(channel)
  const [check, setCheck] = useState<RunningCheck>()
  const [asks, setAsks] = useState<Question>()
  const agreed = useRef<Question>(undefined)

  /** Answers with the account's id once it is saved. */
  const save = async (values: FormValues): Promise<{ id: string } | FormProblem> => {
    if (!form) return {}
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
          setCheck({ stages, isRunning: true })
        } else if (part.end.saved) {
          await changed()
          return { id: part.end.id }
        } else {
          setCheck({ stages, isRunning: false })
          setAsks(part.end.asks)
        }
      }
    } catch (error) {
      setCheck(undefined)
      return words.form(error, { inputs: ['name', ...fields.map((field) => inputName(field.name))] })
    }
    return {}
  }
  const agree = (question: Question | undefined) => {
    agreed.current = question
    setAsks(undefined)
  }
  return { save, check, asks, agree, forget: () => setCheck(undefined) }
}
