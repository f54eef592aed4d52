'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC, useTRPCClient } from '#console/trpc/client.tsx'
import type { FormValues } from '#console/ui/form.tsx'
import { PageForm } from '#console/ui/page-form.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { SecretInput } from '#console/ui/secret-input.tsx'

/** `email` tells a password manager whose password it is. */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations('Profile')
  const words = useProblemWords()
  const client = useTRPCClient()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const save = async (values: FormValues) => {
    if (!values.current) return { fields: { current: t('currentMissing') } }
    try {
      await client.people.changePassword.mutate({ current: values.current, next: values.next ?? '' })
    } catch (error) {
      return words.form(error, { inputs: ['current', 'next'] })
    }
    await queries.invalidateQueries({ queryKey: trpc.people.sessions.queryKey() })
    return undefined
  }
  return (
    <Section id="password" title={t('password')} purpose={t('passwordPurpose')}>
      <PageForm
        onSave={save}
        verb={t('changePassword')}
        saved={{ title: t('passwordChanged'), why: t('othersSignedOut') }}
        isOfSecrets
      >
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <SecretInput name="current" label={t('current')} autoComplete="current-password" />
        <SecretInput name="next" label={t('next')} help={t('nextHelp')} autoComplete="new-password" />
      </PageForm>
    </Section>
  )
}
