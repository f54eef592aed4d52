'use client'
/** The webhooks of an App: each leads to its own page. */
import { useTranslations } from 'next-intl'
import { DataTable } from '#console/ui/data-table.tsx'
import { Time } from '#console/ui/time.tsx'
import { type Endpoint, EndpointState } from './endpoint-state.tsx'
import { shortened, webhookPlace } from './places.ts'

/** `all` is how many events there are. */
type Props = { endpoints: readonly Endpoint[]; appKey: string; all: number }

export function WebhookTable({ endpoints, appKey, all }: Props) {
  const t = useTranslations('Webhooks')
  const summary = ({ events }: Endpoint) => {
    if (events.length === all) return <span className="nowrap">{t('allEvents', { all })}</span>
    if (events.length > 2) return <span className="nowrap">{t('someEvents', { count: events.length, all })}</span>
    return <span className="mono">{events.join(', ')}</span>
  }
  return (
    <DataTable
      headingId="webhooks"
      isOfLinks
      rows={endpoints}
      keyOf={({ id }) => id}
      columns={[
        {
          label: t('address'),
          cell: ({ id, url, description }) => (
            <div className="break">
              <a className="mono" href={webhookPlace(appKey, id)}>
                {shortened(url)}
              </a>
              {description && <p className="muted">{description}</p>}
            </div>
          ),
        },
        { label: t('events'), cell: summary },
        {
          label: t('state'),
          cell: ({ state, failingSince }) => (
            <>
              <EndpointState state={state} />
              {failingSince && (
                <span className="why">{t.rich('since', { when: () => <Time at={failingSince} /> })}</span>
              )}
            </>
          ),
        },
      ]}
    />
  )
}
