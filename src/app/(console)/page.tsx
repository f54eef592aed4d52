/** The first page: how each channel stands, what needs a person, and the steps to the first message. */
import '#console/overview/overview.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Overview } from '#console/overview/overview.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Overview'))('title') }
}

export default async function OverviewPage({
  searchParams,
}: {
  searchParams: Promise<{ period?: string | string[] }>
}) {
  const { period } = await searchParams
  return <Overview period={period === '30d' ? '30d' : '24h'} />
}
