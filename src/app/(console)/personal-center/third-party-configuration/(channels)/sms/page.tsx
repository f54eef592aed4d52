/** The SMS page: accounts that carry text messages, and the signature and template of each scenario. */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ChannelPage } from '#console/accounts/channel-page.tsx'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('Shell'))('channel_sms'),
})

export default function SmsPage({ searchParams }: Props) {
  return <ChannelPage channel="sms" searchParams={searchParams} />
}
