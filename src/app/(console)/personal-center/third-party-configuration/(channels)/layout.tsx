/** One page per channel, each a tab with an address of its own. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ChannelTabs } from '#console/accounts/channel-tabs.tsx'
import { personalCenter } from '#console/links.ts'
import { PageHead } from '#console/ui/page-head.tsx'

export default function ThirdPartyLayout({ children }: { children: ReactNode }) {
  const t = useTranslations('Shell')
  return (
    <>
      <PageHead crumbs={[{ label: t('personalCenter'), href: personalCenter.href }]} title={t('thirdParty')} />
      <ChannelTabs />
      {children}
    </>
  )
}
