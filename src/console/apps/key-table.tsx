'use client'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import type { AppRouter } from '#api/router.ts'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { StateBadge } from '../ui/state-badge.tsx'
import { Time } from '../ui/time.tsx'

export type Key = inferRouterOutputs<AppRouter>['apps']['keys'][number]

/** `onRevoke` is given to those who may. */
type Props = { keys: readonly Key[]; onRevoke: ((key: Key) => void) | undefined }

export function KeyTable({ keys, onRevoke }: Props) {
  const t = useTranslations('App')
  const channelName = useDynamicWords('Shell')
  const channelsOf = (channels: readonly string[]) =>
    channels.length === 0 ? t('allChannels') : channels.map((channel) => channelName(`channel_${channel}`)).join(', ')
  return (
    <div className="list">
      <table aria-labelledby="keys">
        <thead>
          <tr>
            <th scope="col">{t('keyName')}</th>
            <th scope="col">{t('kind')}</th>
            <th scope="col">{t('prefix')}</th>
            <th scope="col">{t('channels')}</th>
            <th scope="col">{t('lastUsed')}</th>
            <th scope="col">{t('expires')}</th>
            <th scope="col">{t('state')}</th>
            {onRevoke && (
              <th scope="col">
                <span className="unseen">{t('actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <th scope="row" className="break">
                {key.name}
              </th>
              <td data-label={t('kind')}>{t(`kind_${key.kind}`)}</td>
              <td data-label={t('prefix')} className="mono">
                {key.prefix}…
              </td>
              <td data-label={t('channels')}>{channelsOf(key.channels)}</td>
              <td data-label={t('lastUsed')}>
                {key.lastUsedAt ? <Time at={key.lastUsedAt} /> : <span className="muted">{t('neverUsed')}</span>}
              </td>
              <td data-label={t('expires')}>
                {key.expiresAt ? <Time at={key.expiresAt} as="day" /> : <span className="muted">{t('neverEnds')}</span>}
              </td>
              <td data-label={t('state')}>
                <StateBadge tone={key.state === 'active' ? 'green' : 'grey'}>{t(`state_${key.state}`)}</StateBadge>
              </td>
              {onRevoke && (
                <td className="actions">
                  {key.state === 'active' && (
                    <button type="button" className="quiet" onClick={() => onRevoke(key)}>
                      {t('revoke')}
                    </button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
