'use client'
/** For how long messages and what they said are kept. What would go by it is asked about first. */
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { NumberField } from '#console/ui/fields.tsx'
import { FormBody, type FormValues, useSave } from '#console/ui/form.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result } from '#console/ui/result.tsx'
import type { Retention } from '#domain/retention/retention.ts'

const inputs = ['messageDays', 'contentDays'] as const
const daysOf = (typed = '') => (typed.trim() === '' ? null : Number(typed))
const shown = (days: number | null) => (days === null ? '' : String(days))

export function RetentionForm({ messageDays, contentDays }: Retention) {
  const t = useTranslations('Data')
  const words = useProblemWords()
  const client = useTRPCClient()
  const [isSaved, setSaved] = useState(false)
  const [asked, setAsked] = useState<Retention>()
  const change = async (retention: Retention, isAgreed: boolean) => {
    const answer = await client.data.changeRetention.mutate({ ...retention, isAgreed })
    setSaved(answer.isSaved)
    setAsked(answer.isSaved ? undefined : retention)
    return undefined
  }
  const save = async (values: FormValues) => {
    setSaved(false)
    const typed = { messageDays: daysOf(values.messageDays), contentDays: daysOf(values.contentDays) }
    const wrong = inputs.filter((name) => Number.isNaN(typed[name]))
    if (wrong.length > 0) {
      const text = words.text({ code: 'invalid_type', params: { expected: 'number' } })
      return { fields: Object.fromEntries(wrong.map((name) => [name, text])) }
    }
    return change(typed, false).catch((error: unknown) => words.form(error, { inputs }))
  }
  const { form, submit, isBusy, problem } = useSave(save)
  return (
    <Section id="retention" title={t('retention')} purpose={t('retentionPurpose')}>
      <form ref={form} className="form narrow" method="post" noValidate onSubmit={submit}>
        <FormBody problem={problem}>
          <NumberField
            name="messageDays"
            label={t('messageDays')}
            help={t('messageDaysHelp')}
            defaultValue={shown(messageDays)}
          />
          <NumberField
            name="contentDays"
            label={t('contentDays')}
            help={t('contentDaysHelp')}
            defaultValue={shown(contentDays)}
          />
        </FormBody>
        <div className="form-end">
          <Button type="submit" isBusy={isBusy}>
            {t('update')}
          </Button>
        </div>
        {isSaved && <Result tone="green" title={t('saved')} />}
      </form>
      <ConfirmDialog
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={t('shorter')}
        consequences={[
          ...(asked?.messageDays ? [t('messagesGo', { days: asked.messageDays })] : []),
          ...(asked?.contentDays ? [t('contentsGo', { days: asked.contentDays })] : []),
          t('noWayBack'),
        ]}
        verb={t('shorten')}
        onConfirm={async () => asked && change(asked, true).catch((error: unknown) => words.result(error))}
      />
    </Section>
  )
}
