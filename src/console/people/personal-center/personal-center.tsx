/** What is in the Personal Center: the channels with their state, and the pages of the organization and of the person. */
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { channelPlace, personalCenter, personalPlaces, thirdPartyConfiguration } from '#console/links.ts'
import { loadShell } from '#console/shell/load-shell.ts'
import { caller } from '#console/trpc/server.tsx'
import { ChannelIcon } from '#console/ui/channel-icon.tsx'
import { DataTable } from '#console/ui/data-table.tsx'
import { PageHead, Section } from '#console/ui/page-head.tsx'
import { StateBadge, type Tone } from '#console/ui/state-badge.tsx'
import type { ChannelState } from '#domain/accounts/accounts.ts'

const tones: Record<ChannelState['state'], Tone> = { validated: 'green', failing: 'amber', missing: 'grey' }

export async function PersonalCenter() {
  const [{ permissions }, channels, t, shell] = await Promise.all([
    loadShell(),
    caller().accounts.channels(),
    getTranslations('PersonalCenter'),
    getTranslations('Shell'),
  ])
  const others = personalPlaces.filter(
    (place) => place.href !== thirdPartyConfiguration && (!('needs' in place) || permissions.includes(place.needs)),
  )
  return (
    <>
      <PageHead title={shell(personalCenter.label)} purpose={t('purpose')} />
      <Section id="third-party" title={shell('thirdParty')} purpose={t('about_thirdParty')}>
        <DataTable
          headingId="third-party"
          isOfLinks
          rows={channels}
          keyOf={({ channel }) => channel}
          columns={[
            {
              label: t('channel'),
              cell: ({ channel }) => (
                <span className="row">
                  <ChannelIcon channel={channel} />
                  <Link href={channelPlace(channel) ?? thirdPartyConfiguration} prefetch={false}>
                    {shell(`channel_${channel}`)}
                  </Link>
                </span>
              ),
            },
            {
              label: t('state'),
              cell: ({ state }) => <StateBadge tone={tones[state]}>{t(`state_${state}`)}</StateBadge>,
            },
            {
              label: t('account'),
              className: 'break',
              cell: ({ account, others: more }) => (
                <>
                  {account ?? <span className="muted">{t('noAccount')}</span>}
                  {more > 0 && <span className="muted"> {t('otherAccounts', { count: more })}</span>}
                </>
              ),
            },
          ]}
        />
      </Section>
      <Section id="pages" title={t('pages')}>
        <DataTable
          headingId="pages"
          isOfLinks
          rows={others}
          keyOf={({ href }) => href}
          columns={[
            {
              label: t('page'),
              cell: ({ href, label }) => (
                <Link href={href} prefetch={false}>
                  {shell(label)}
                </Link>
              ),
            },
            { label: t('about'), cell: ({ label }) => <span className="muted">{t(`about_${label}`)}</span> },
          ]}
        />
      </Section>
    </>
  )
}
