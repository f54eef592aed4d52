'use client'
/** Whether the person is told of incidents of the organization, and by which number when mail is what fails. */
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { TextField, TickField } from '#console/ui/fields.tsx'
import { FormBody, type FormValues, useSave } from '#console/ui/form.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result } from '#console/ui/result.tsx'

type Props = { wanted: boolean; phone: string; email: string; organization: string }

export function NoticesForm({ wanted, phone, email, organization }: Props) {
  const t = useTranslations('Incidents')
  const words = useProblemWords()
  const client = useTRPCClient()
  const [isSaved, setSaved] = useState(false)
  const save = async (values: FormValues) => {
    setSaved(false)
    try {
      await client.incidents.changeNotices.mutate({ wanted: values.wanted === 'on', phone: values.phone ?? '' })
    } catch (error) {
      return words.form(error, { inputs: ['wanted', 'phone'] })
    }
    setSaved(true)
    return undefined
  }
  const { form, submit, isBusy, problem } = useSave(save)
  return (
    <Section id="incidents" title={t('notices', { organization })} purpose={t('noticesPurpose')}>
      <form ref={form} className="form narrow" method="post" noValidate onSubmit={submit}>
        <FormBody problem={problem}>
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
        </FormBody>
        <div className="form-end">
          <Button type="submit" isBusy={isBusy}>
            {t('saveNotices')}
          </Button>
        </div>
        {isSaved && <Result tone="green" title={t('noticesSaved')} />}
      </form>
    </Section>
  )
}
