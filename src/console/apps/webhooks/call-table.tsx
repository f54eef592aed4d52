'use client'
/** The calls of a webhook, the newest first; what was said and answered is unfolded beneath each. */
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#console/trpc/client.tsx'
import { DataTable } from '#console/ui/data-table.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result } from '#console/ui/result.tsx'
import { Time } from '#console/ui/time.tsx'
import { UnfoldButton } from '#console/ui/unfold-button.tsx'
import { useFolds } from '#console/ui/use-folds.ts'
import { CallDetails } from './call-details.tsx'
import { CallResult, useAnswerWords } from './call-words.tsx'
import { type Endpoint, isOn } from './endpoint-state.tsx'
import { type Calls, isUntried } from './use-calls.ts'

type Props = { endpoint: Endpoint; calls: Calls; mayWrite: boolean }

export function CallTable({ endpoint, calls: { rows, asOf, follow }, mayWrite }: Props) {
  const t = useTranslations('Webhooks')
  const words = useProblemWords()
  const answerOf = useAnswerWords()
  const folds = useFolds()
  const again = useMutation(useTRPC().webhooks.sendAgain.mutationOptions())
  const sendAgain = (id: string) => {
    if (again.isPending) return
    again.mutate({ endpointId: endpoint.id, which: { ids: [id] } }, { onSuccess: () => follow([id]) })
  }
  return (
    <>
      {again.error && (
        <div className="above-list">
          <Result {...words.result(again.error)} />
        </div>
      )}
      <DataTable
        headingId="calls"
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          { label: t('when'), className: 'nowrap', cell: ({ at }) => <Time at={at} /> },
          {
            label: t('event'),
            cell: ({ id, type }) => (
              <UnfoldButton {...folds.of(id)}>
                <span className="mono nowrap">{type}</span>
              </UnfoldButton>
            ),
          },
          { label: t('result'), cell: (call) => <CallResult call={call} asOf={asOf} isCalled={isOn(endpoint)} /> },
          {
            label: t('answer'),
            className: 'break',
            cell: (call) => answerOf(call) ?? <span className="muted">–</span>,
          },
        ]}
        unfolded={(call) => {
          const { isOpen, detailsId } = folds.of(call.id)
          const details = <CallDetails id={call.id} isWhole={endpoint.wholeRecipient} isUntried={isUntried(call)} />
          return isOpen ? { id: detailsId, content: details } : null
        }}
        actions={
          mayWrite &&
          (({ id }) => (
            <button type="button" className="quiet" aria-busy={again.isPending} onClick={() => sendAgain(id)}>
              {t('sendAgain')}
            </button>
          ))
        }
      />
    </>
  )
}
