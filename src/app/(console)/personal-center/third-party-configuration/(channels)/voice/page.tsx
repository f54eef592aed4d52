/** The Voice Call page: accounts that make calls, and what is spoken in each scenario. */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ChannelPage } from '#console/accounts/channel-page.tsx'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('Shell'))('channel_voice'),
})

export default function VoicePage({ searchParams }: Props) {
  return <ChannelPage channel="voice" searchParams={searchParams} />
}
