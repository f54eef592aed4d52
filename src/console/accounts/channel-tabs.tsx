'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { channelIds } from '#channels/traits.ts'
import { channelPlace, isWithin } from '../links.ts'
import { ChannelIcon } from '../ui/channel-icon.tsx'

export function ChannelTabs() {
  const t = useTranslations('Shell')
  const path = usePathname()
  return (
    <nav className="tabs" aria-label={t('channels')}>
      {channelIds.map((channel) => {
        const href = channelPlace(channel) ?? ''
        return (
          <Link key={channel} href={href} prefetch={false} aria-current={isWithin(path, href) ? 'page' : undefined}>
            <ChannelIcon channel={channel} />
            {t(`channel_${channel}`)}
          </Link>
        )
      })}
    </nav>
  )
}
