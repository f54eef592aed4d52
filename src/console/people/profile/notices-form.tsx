'use client'
/** Whether the person is told of incidents of the organization, and by which number when mail is what fails. */
import { useTranslations } from 'next-intl'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { TextField, TickField } from '#console/ui/fields.tsx'
import type { FormValues } from '#console/ui/form.tsx'
import { PageForm } from '#console/ui/page-form.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'

type Props = { wanted: boolean; phone: string; email: string; organization: string }

export function NoticesForm({ wanted, phone, email, organization }: Props) {
  const t = useTranslations('Incidents')
  const words = useProblemWords()
  const client = useTRPCClient()
  const save = async (values: FormValues) => {
    try {
      await client.incidents.changeNotices.mutate({ wanted: values.wanted === 'on', phone: values.phone ?? '' })
    } catch (error) {
      return words.form(error, { inputs: ['wanted', 'phone'] })
    }
    return undefined
  }
  return (
    <Section id="incidents" title={t('notices', { organization })} purpose={t('noticesPurpose')}>
      <PageForm onSave={save} verb={t('saveNotices')} saved={{ title: t('noticesSaved') }}>
        <TickField name="wanted" label={t('wanted')} help={t('wantedHelp', { email })} defaultChecked={wanted} />
        <TextField
          name="phone"
          label={t('phone')}
          help={t('phoneHelp')}
          type="tel"
          autoComplete="tel"
          maxLength={40}
          defaultValue={phone}
        />
      </PageForm>
    </Section>
  )
}
