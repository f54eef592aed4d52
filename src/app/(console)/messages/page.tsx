/** The delivery log: filters, order and page size in the URL. */
import '#console/messages/messages.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { loadLog } from '#console/messages/load-log.ts'
import { MessageLog } from '#console/messages/message-log.tsx'
import type { SearchParams } from '#console/ui/search-params.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Messages'))('title') }
}

export default async function MessagesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return <MessageLog {...(await loadLog(searchParams))} />
}
