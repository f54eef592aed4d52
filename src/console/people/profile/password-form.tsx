'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC, useTRPCClient } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { FormBody, type FormValues, useSave } from '#console/ui/form.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result } from '#console/ui/result.tsx'
import { SecretInput } from '#console/ui/secret-input.tsx'

/** `email` tells a password manager whose password it is. */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations('Profile')
  const words = useProblemWords()
  const client = useTRPCClient()
  const trpc = useTRPC()
  const queries = useQueryClient()
  /** Counts the changes: each starts with empty inputs. */
  const [changes, setChanges] = useState(0)
  const save = async (values: FormValues) => {
    if (!values.current) return { fields: { current: t('currentMissing') } }
    try {
      await client.people.changePassword.mutate({ current: values.current, next: values.next ?? '' })
    } catch (error) {
      return words.form(error, { inputs: ['current', 'next'] })
    }
    setChanges((before) => before + 1)
    await queries.invalidateQueries({ queryKey: trpc.people.sessions.queryKey() })
    return undefined
  }
  const { form, submit, isBusy, problem } = useSave(save)
  return (
    <Section id="password" title={t('password')} purpose={t('passwordPurpose')}>
      <form ref={form} className="form narrow" method="post" noValidate onSubmit={submit}>
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <FormBody key={changes} problem={problem}>
          <SecretInput name="current" label={t('current')} autoComplete="current-password" />
          <SecretInput name="next" label={t('next')} help={t('nextHelp')} autoComplete="new-password" />
        </FormBody>
        <div className="form-end">
          <Button type="submit" isBusy={isBusy}>
            {t('changePassword')}
          </Button>
        </div>
        {changes > 0 && !problem && <Result tone="green" title={t('passwordChanged')} why={t('othersSignedOut')} />}
      </form>
    </Section>
  )
}
