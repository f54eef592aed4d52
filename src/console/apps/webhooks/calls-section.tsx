'use client'
/** What a webhook was told: filtered and paged by the address. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { LinkButton } from '#console/ui/button.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { Pager } from '#console/ui/pager.tsx'
import { Result } from '#console/ui/result.tsx'
import { CallTable } from './call-table.tsx'
import type { Endpoint } from './endpoint-state.tsx'
import { type CallFilter, callStates, webhookPlace } from './places.ts'
import { SendFailedAgain } from './send-failed-again.tsx'
import type { Calls } from './use-calls.ts'

type Props = { appKey: string; endpoint: Endpoint; filter: CallFilter; calls: Calls; mayWrite: boolean }

export function CallsSection({ appKey, endpoint, filter, calls, mayWrite }: Props) {
  const t = useTranslations('Webhooks')
  const [sentAgain, setSentAgain] = useState<number>()
  const { id } = endpoint
  const { state } = filter
  const isFirst = calls.rows.length === 0 && !state && !filter.cursor
  const page = (cursor: string | null) => cursor && `${webhookPlace(appKey, id, { ...filter, cursor })}#calls`
  const sent = (count: number) => {
    setSentAgain(count)
    calls.follow()
  }
  return (
    <Section
      id="calls"
      title={t('calls')}
      purpose={t('callsPurpose')}
      action={mayWrite && <SendFailedAgain endpointId={id} onSent={sent} />}
    >
      {sentAgain !== undefined && (
        <div className="above-list">
          <Result tone="grey" title={t('failedAgainDone', { count: sentAgain })} />
        </div>
      )}
      {!isFirst && <Shown appKey={appKey} id={id} state={state} />}
      {calls.rows.length > 0 ? (
        <CallTable endpoint={endpoint} calls={calls} mayWrite={mayWrite} />
      ) : isFirst ? (
        <EmptyState title={t('noCalls')} text={t(mayWrite ? 'noCallsHint' : 'noCallsForOthers')} />
      ) : (
        <EmptyState
          title={t(`none_${state ?? 'here'}`)}
          action={<LinkButton href={`${webhookPlace(appKey, id)}#calls`}>{t('showAll')}</LinkButton>}
        />
      )}
      <Pager newer={page(calls.newer)} older={page(calls.older)} />
    </Section>
  )
}

type ShownProps = { appKey: string; id: string; state: CallFilter['state'] }

/** Which of them are shown: plain links, so that the address holds it. */
function Shown({ appKey, id, state: current }: ShownProps) {
  const t = useTranslations('Webhooks')
  return (
    <nav className="tabs" aria-label={t('shown')}>
      {[undefined, ...callStates].map((state) => (
        <Link
          key={state ?? 'all'}
          href={webhookPlace(appKey, id, state && { state })}
          prefetch={false}
          scroll={false}
          aria-current={state === current || undefined}
        >
          {t(`shown_${state ?? 'all'}`)}
        </Link>
      ))}
    </nav>
  )
}
