'use client'
/** For how long messages and what they said are kept. What would go by it is asked about first. */
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { NumberField } from '#console/ui/fields.tsx'
import type { FormProblem, FormValues } from '#console/ui/form.tsx'
import { PageForm } from '#console/ui/page-form.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import type { Retention } from '#domain/retention/retention.ts'

const inputs = ['messageDays', 'contentDays'] as const
const daysOf = (typed = '') => (typed.trim() === '' ? null : Number(typed))
const shown = (days: number | null) => (days === null ? '' : String(days))

export function RetentionForm({ messageDays, contentDays }: Retention) {
  const t = useTranslations('Data')
  const words = useProblemWords()
  const client = useTRPCClient()
  /** What is asked about, and how the save that waits for the answer ends. */
  const [asked, setAsked] = useState<Retention & { end: (problem: FormProblem | undefined) => void }>()
  const change = (retention: Retention, isAgreed: boolean) =>
    client.data.changeRetention.mutate({ ...retention, isAgreed })
  const save = async (values: FormValues) => {
    const typed = { messageDays: daysOf(values.messageDays), contentDays: daysOf(values.contentDays) }
    const wrong = inputs.filter((name) => Number.isNaN(typed[name]))
    if (wrong.length > 0) {
      const text = words.text({ code: 'invalid_type', params: { expected: 'number' } })
      return { fields: Object.fromEntries(wrong.map((name) => [name, text])) }
    }
    try {
      const { isSaved } = await change(typed, false)
      return isSaved ? undefined : await new Promise<FormProblem | undefined>((end) => setAsked({ ...typed, end }))
    } catch (error) {
      return words.form(error, { inputs })
    }
  }
  const close = () => {
    asked?.end({})
    setAsked(undefined)
  }
  const shorten = async () => {
    if (!asked) return undefined
    const { end, ...retention } = asked
    try {
      await change(retention, true)
      end(undefined)
      return undefined
    } catch (error) {
      return words.result(error)
    }
  }
  return (
    <Section id="retention" title={t('retention')} purpose={t('retentionPurpose')}>
      <PageForm onSave={save} verb={t('update')} saved={{ title: t('saved') }}>
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
      </PageForm>
      <ConfirmDialog
        isOpen={asked !== undefined}
        onClose={close}
        title={t('shorter')}
        consequences={[
          ...(asked?.messageDays ? [t('messagesGo', { days: asked.messageDays })] : []),
          ...(asked?.contentDays ? [t('contentsGo', { days: asked.contentDays })] : []),
          t('noWayBack'),
        ]}
        verb={t('shorten')}
        onConfirm={shorten}
      />
    </Section>
  )
}
