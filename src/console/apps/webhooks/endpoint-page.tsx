'use client'
/** A webhook: how it stands, what it is told of, and every call that was made or waits. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#console/trpc/client.tsx'
import { CodeLine } from '#console/ui/code-line.tsx'
import { CopyButton } from '#console/ui/copy-button.tsx'
import { PageHead } from '#console/ui/page-head.tsx'
import { ShownOnce } from '#console/ui/shown-once.tsx'
import { CallsSection } from './calls-section.tsx'
import { EndpointActions } from './endpoint-actions.tsx'
import { EndpointCondition, EndpointFacts } from './endpoint-facts.tsx'
import { EndpointState } from './endpoint-state.tsx'
import { type CallFilter, shortened, webhookPlace, webhooksPlace } from './places.ts'
import { TrialResult, useTrial } from './trial.tsx'
import { useCalls } from './use-calls.ts'

type Props = { appKey: string; id: string; filter: CallFilter; mayWrite: boolean }

export function EndpointPage({ appKey, id, filter, mayWrite }: Props) {
  const t = useTranslations('Webhooks')
  const { data: endpoint } = useSuspenseQuery(useTRPC().webhooks.get.queryOptions({ appKey, id }))
  const calls = useCalls(id, filter)
  const isElsewhere = Boolean(filter.state ?? filter.cursor)
  const trial = useTrial({ id, home: isElsewhere ? webhookPlace(appKey, id) : undefined, calls })
  const [secret, setSecret] = useState<string>()
  const { url, app, state } = endpoint
  return (
    <>
      <PageHead
        crumbs={[
          { label: t('apps'), href: '/apps' },
          { label: app.name, href: `/apps/${appKey}` },
          { label: t('title'), href: webhooksPlace(appKey) },
        ]}
        title={<span className="mono break">{shortened(url)}</span>}
        aside={
          <>
            <EndpointState state={state} />
            {mayWrite && <CopyButton value={url} what={t('theAddress')} />}
          </>
        }
        action={mayWrite && <EndpointActions appKey={appKey} endpoint={endpoint} trial={trial} onSecret={setSecret} />}
      />
      {secret && (
        <ShownOnce key={secret} title={t('replacedTitle')} done={t('done')} onDone={() => setSecret(undefined)}>
          <p>{t('secretOnce')}</p>
          <CodeLine code={secret} what={t('theSecret')} />
        </ShownOnce>
      )}
      <TrialResult trial={trial} calls={calls} />
      <EndpointCondition state={state} mayWrite={mayWrite} />
      <EndpointFacts endpoint={endpoint} />
      <CallsSection appKey={appKey} endpoint={endpoint} filter={filter} calls={calls} mayWrite={mayWrite} />
    </>
  )
}
