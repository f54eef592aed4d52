import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AuditLog } from '#console/people/audit-log/audit-log.tsx'
import type { SearchParams } from '#console/ui/search-params.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Audit'))('title') }
}

export default async function AuditLogPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return <AuditLog searchParams={await searchParams} />
}
