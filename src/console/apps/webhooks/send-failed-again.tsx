'use client'
/** Puts in line again what has failed since a moment that is chosen; not there while nothing has. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC, useTRPCClient } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { SelectField } from '#console/ui/fields.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'

/** In hours; all that is kept is everything. */
const spans = ['1', '24', '72', 'all'] as const
type Span = (typeof spans)[number]

const sinceOf = (span: Span) => new Date(span === 'all' ? 0 : Date.now() - Number(span) * 3_600_000)

type Props = { endpointId: string; onSent: (count: number) => void }

export function SendFailedAgain({ endpointId, onSent }: Props) {
  const t = useTranslations('Webhooks')
  const words = useProblemWords()
  const client = useTRPCClient()
  const { data } = useSuspenseQuery(useTRPC().webhooks.counts.queryOptions({ endpointId }))
  const [isAsking, setAsking] = useState(false)
  const [span, setSpan] = useState<Span>('24')
  if (data.failed === 0 && !isAsking) return null
  const send = async () => {
    try {
      const which = { failedSince: sinceOf(span).toISOString() }
      onSent((await client.webhooks.sendAgain.mutate({ endpointId, which })).count)
      return undefined
    } catch (error) {
      return words.result(error)
    }
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('failedAgain')}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('failedAgainTitle')}
        intro={t('failedAgainIntro')}
        verb={t('failedAgainVerb')}
        onConfirm={send}
      >
        <SelectField
          name="since"
          label={t('failedSince')}
          defaultValue={span}
          options={spans.map((value) => ({ value, label: t(`since_${value}`) }))}
          onChange={({ currentTarget: { value } }) => setSpan(spans.find((one) => one === value) ?? span)}
        />
      </ConfirmDialog>
    </>
  )
}
