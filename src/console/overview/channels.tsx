/** A card for each channel: its state, the account that carries it, and what became of the period's messages. */
import { Paper } from '@mantine/core'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import type { ChannelOverview } from '#domain/overview/overview.ts'
import { channelPlace } from '../links.ts'
import { ChannelIcon } from '../ui/channel-icon.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { StateBadge, type Tone } from '../ui/state-badge.tsx'
import { SmallBars } from './chart.tsx'
import type { Period } from './period-switch.tsx'

const tones: Record<ChannelOverview['state'], Tone> = { validated: 'green', failing: 'amber', missing: 'grey' }

export function Channels({ channels, period }: { channels: ChannelOverview[]; period: Period }) {
  const t = useTranslations('Overview')
  return (
    <section className="section" aria-labelledby="channels">
      <h2 id="channels">{t('channels')}</h2>
      <ul className="cards">
        {channels.map((channel) => (
          <ChannelCard key={channel.channel} of={channel} period={period} />
        ))}
      </ul>
    </section>
  )
}

function ChannelCard({ of, period }: { of: ChannelOverview; period: Period }) {
  const t = useTranslations('Overview')
  const format = useFormatter()
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
          <dd>{format.number(of.sent)}</dd>
        </div>
        <div data-problem={of.failed > 0 || undefined}>
          <dt>{t('failed')}</dt>
          <dd>{of.failed > 0 ? <Link href={log('problem')}>{format.number(of.failed)}</Link> : 0}</dd>
        </div>
        <div>
          <dt>{t('open')}</dt>
          <dd>{of.open > 0 ? <Link href={log('queued')}>{format.number(of.open)}</Link> : 0}</dd>
        </div>
        {of.segments > 0 && (
          <div>
            <dt>{t('segments')}</dt>
            <dd>{format.number(of.segments)}</dd>
          </div>
        )}
      </dl>
      {of.bars.length > 0 && (
        <SmallBars bars={of.bars} period={period} label={t(`cardChart_${period}`, { channel: name })} />
      )}
    </Paper>
  )
}
