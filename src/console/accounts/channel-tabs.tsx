'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { channelTabs, isWithin, thirdPartyConfiguration } from '../links.ts'

export function ChannelTabs() {
  const t = useTranslations('Shell')
  const path = usePathname()
  return (
    <nav className="tabs" aria-label={t('channels')}>
      {channelTabs.map(({ slug, label }) => {
        const href = `${thirdPartyConfiguration}/${slug}`
        return (
          <Link key={slug} href={href} prefetch={false} aria-current={isWithin(path, href) ? 'page' : undefined}>
            {t(`channel_${label}`)}
          </Link>
        )
      })}
    </nav>
  )
}
