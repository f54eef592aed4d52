/** What there is to know of a webhook, and what it means where it is not called or not well. */
import { useTranslations } from 'next-intl'
import { Facts } from '#console/ui/facts.tsx'
import { Result } from '#console/ui/result.tsx'
import { Time } from '#console/ui/time.tsx'
import type { Endpoint } from './endpoint-state.tsx'
import { shortened } from './places.ts'

export function EndpointFacts({ endpoint }: { endpoint: Endpoint }) {
  const t = useTranslations('Webhooks')
  const { url, description, events, wholeRecipient, createdAt, formerUntil, failingSince } = endpoint
  return (
    <div className="section">
      <Facts
        isAcross
        facts={{
          [t('address')]: shortened(url) !== url && <span className="mono break">{url}</span>,
          [t('description')]: description,
          [t('events')]: (
            <span className="row">
              {events.map((event) => (
                <code key={event} className="tag">
                  {event}
                </code>
              ))}
            </span>
          ),
          [t('recipients')]: t(wholeRecipient ? 'recipientsWhole' : 'recipientsMasked'),
          [t('created')]: <Time at={createdAt} as="day" />,
          [t('failingSince')]: failingSince && <Time at={failingSince} />,
          [t('secret')]: formerUntil && t.rich('formerUntil', { until: () => <Time at={formerUntil} as="exact" /> }),
        }}
      />
    </div>
  )
}

/** Nothing where all is well. */
export function EndpointCondition({ state, mayWrite }: Pick<Endpoint, 'state'> & { mayWrite: boolean }) {
  const t = useTranslations('Webhooks')
  if (state === 'on') return null
  return (
    <div className="above-list">
      {state === 'failing' ? (
        <Result tone="amber" title={t('failing')} why={t('failingHelp')} />
      ) : (
        <Result
          tone={state === 'gone' ? 'amber' : 'grey'}
          title={t(state)}
          why={t('offHelp')}
          next={t(mayWrite ? 'switchOn' : 'othersSwitchOn')}
        />
      )}
    </div>
  )
}
