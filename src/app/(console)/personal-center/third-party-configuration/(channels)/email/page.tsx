/** The Email page: the accounts that mail goes out through, and what each scenario says. */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ChannelPage } from '#console/accounts/channel-page.tsx'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('Shell'))('channel_email'),
})

export default function EmailPage({ searchParams }: Props) {
  return <ChannelPage channel="email" searchParams={searchParams} />
}
