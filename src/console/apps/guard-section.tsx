'use client'
/** The guard against misuse of an App's codes: what it does, how many codes went out, and what it found. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Locale } from '../shell/locale.ts'
import { useTRPC } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Facts } from '../ui/facts.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { Section } from '../ui/page-head.tsx'
import { StateBadge } from '../ui/state-badge.tsx'
import { Time } from '../ui/time.tsx'
import { useOnceNeeded } from '../ui/use-once-needed.ts'
import type { Guard } from './change-guard.tsx'

const ChangeGuard = lazyPart(() => import('./change-guard.tsx').then((file) => file.ChangeGuard))

type Props = { appId: string; locale: Locale; mayWrite: boolean }

export function GuardSection({ appId, locale, mayWrite }: Props) {
  const t = useTranslations('Guard')
  const { data: guard } = useSuspenseQuery(useTRPC().apps.guard.queryOptions({ appId, locale }))
  const [isOpen, setOpen] = useState(false)
  const isNeeded = useOnceNeeded(isOpen)
  return (
    <Section
      id="guard"
      title={t('title')}
      purpose={t('purpose')}
      action={mayWrite && <Button onClick={() => setOpen(true)}>{t('change')}</Button>}
    >
      <div className="stack">
        <Facts
          isAcross
          facts={{ [t('mode')]: t(`mode_${guard.guardMode}`), [t('inDay')]: <Sent channels={guard.channels} /> }}
        />
        {guard.decisions.length > 0 ? (
          <>
            <Decisions decisions={guard.decisions} />
            {guard.isCut && <p className="muted small">{t('cut', { count: guard.decisions.length })}</p>}
          </>
        ) : (
          <p className="muted small">{t('none')}</p>
        )}
      </div>
      {isNeeded && <ChangeGuard appId={appId} guard={guard} isOpen={isOpen} onClose={() => setOpen(false)} />}
    </Section>
  )
}

function Sent({ channels }: Pick<Guard, 'channels'>) {
  const t = useTranslations('Guard')
  const shell = useTranslations('Shell')
  return (
    <ul className="plain">
      {channels.map(({ channel, sentInDay: count, perDay: most, isStopped }) => (
        <li key={channel}>
          {shell(`channel_${channel}`)}{' '}
          <span className="muted">{most === null ? t('sent', { count }) : t('sentOf', { count, most })}</span>{' '}
          {isStopped && <StateBadge tone="red">{t('stopped')}</StateBadge>}
        </li>
      ))}
    </ul>
  )
}

function Decisions({ decisions }: Pick<Guard, 'decisions'>) {
  const t = useTranslations('Guard')
  const shell = useTranslations('Shell')
  return (
    <DataTable
      label={t('decisions')}
      rows={decisions}
      keyOf={({ number }) => number}
      columns={[
        {
          label: t('about'),
          className: 'break',
          cell: ({ cause, value, channel }) => (
            <>
              {t(`cause_${cause}`, { value })} <span className="muted">{shell(`channel_${channel}`)}</span>
            </>
          ),
        },
        {
          label: t('why'),
          cell: ({ cause, span, counted, allowed }) =>
            cause === 'stopped'
              ? t('stopped')
              : t(cause === 'budget' ? 'used' : `unused_${span}`, { counted, allowed }),
        },
        {
          label: t('outcome'),
          className: 'nowrap',
          cell: ({ codes, refused }) => (
            <ul className="plain">
              {refused > 0 && <li>{t('refused', { count: refused })}</li>}
              {codes > refused && <li>{t('noted', { count: codes - refused })}</li>}
            </ul>
          ),
        },
        { label: t('last'), className: 'nowrap', cell: ({ lastAt }) => <Time at={lastAt} /> },
      ]}
    />
  )
}
