'use client'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import type { AppRouter } from '#api/router.ts'
import { DataTable } from '../ui/data-table.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { StateBadge } from '../ui/state-badge.tsx'
import { Time } from '../ui/time.tsx'
import { type KeySort, keySorting } from './key-sorting.ts'

export type Key = inferRouterOutputs<AppRouter>['apps']['keys'][number]

/** `onRevoke` is given to those who may. */
type Props = { keys: readonly Key[]; sort: KeySort | undefined; onRevoke: ((key: Key) => void) | undefined }

export function KeyTable({ keys, sort, onRevoke }: Props) {
  const t = useTranslations('App')
  const channelName = useDynamicWords('Shell')
  const channelsOf = (channels: readonly string[]) =>
    channels.length === 0 ? t('allChannels') : channels.map((channel) => channelName(`channel_${channel}`)).join(', ')
  return (
    <DataTable
      headingId="keys"
      rows={keys}
      keyOf={({ id }) => id}
      columns={[
        { label: t('keyName'), sorting: keySorting('name', sort), className: 'break', cell: ({ name }) => name },
        { label: t('kind'), cell: ({ kind }) => t(`kind_${kind}`) },
        { label: t('prefix'), className: 'mono', cell: ({ prefix }) => `${prefix}…` },
        { label: t('channels'), cell: ({ channels }) => channelsOf(channels) },
        {
          label: t('lastUsed'),
          sorting: keySorting('used', sort),
          cell: ({ lastUsedAt: at }) => (at ? <Time at={at} /> : <span className="muted">{t('neverUsed')}</span>),
        },
        {
          label: t('expires'),
          sorting: keySorting('ends', sort),
          cell: ({ expiresAt: at }) =>
            at ? <Time at={at} as="day" /> : <span className="muted">{t('neverEnds')}</span>,
        },
        {
          label: t('state'),
          cell: ({ state }) => (
            <StateBadge tone={state === 'active' ? 'green' : 'grey'}>{t(`state_${state}`)}</StateBadge>
          ),
        },
      ]}
      actions={
        onRevoke &&
        ((key) =>
          key.state === 'active' && (
            <button type="button" className="quiet" onClick={() => onRevoke(key)}>
              {t('revoke')}
            </button>
          ))
      }
    />
  )
}
