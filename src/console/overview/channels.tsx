/** A card for each channel: its state, the account that carries it, and what became of the last day's messages. */
import { Paper } from '@mantine/core'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ChannelOverview } from '#domain/overview/overview.ts'
import { channelPlace } from '../links.ts'
import { ChannelIcon } from '../ui/channel-icon.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { StateBadge, type Tone } from '../ui/state-badge.tsx'
import { HourBars } from './chart.tsx'

const tones: Record<ChannelOverview['state'], Tone> = { validated: 'green', failing: 'amber', missing: 'grey' }

export function Channels({ channels }: { channels: ChannelOverview[] }) {
  const t = useTranslations('Overview')
  return (
    <section className="section" aria-labelledby="channels">
      <h2 id="channels">{t('channels')}</h2>
      <ul className="cards">
        {channels.map((channel) => (
          <ChannelCard key={channel.channel} of={channel} />
        ))}
      </ul>
    </section>
  )
}

function ChannelCard({ of }: { of: ChannelOverview }) {
  const t = useTranslations('Overview')
  const name = useDynamicWords('Shell')(`channel_${of.channel}`)
  const log = (status: string) => `/messages?channel=${of.channel}&status=${status}`
  return (
    <Paper component="li" withBorder p="md">
      <div className="card-head">
        <h3 className="row">
          <ChannelIcon channel={of.channel} />
          <Link href={channelPlace(of.channel) ?? '/'} prefetch={false}>
            {name}
          </Link>
        </h3>
        <StateBadge tone={tones[of.state]}>{t(`state_${of.state}`)}</StateBadge>
      </div>
      <p className="muted break">
        {of.account ?? t('noAccount')}
        {of.others > 0 && ` ${t('otherAccounts', { count: of.others })}`}
      </p>
      <dl className="counts">
        <div>
          <dt>{t('sent')}</dt>
          <dd>{of.sent}</dd>
        </div>
        <div data-problem={of.failed > 0 || undefined}>
          <dt>{t('failed')}</dt>
          <dd>{of.failed > 0 ? <Link href={log('problem')}>{of.failed}</Link> : 0}</dd>
        </div>
        <div>
          <dt>{t('open')}</dt>
          <dd>{of.open > 0 ? <Link href={log('queued')}>{of.open}</Link> : 0}</dd>
        </div>
      </dl>
      {of.hours.length > 0 && <HourBars hours={of.hours} label={t('cardChart', { channel: name })} isSmall />}
    </Paper>
  )
}
