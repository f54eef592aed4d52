import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { readFilter } from '#console/incidents/filter.ts'
import { Incidents } from '#console/incidents/incidents.tsx'
import type { SearchParams } from '#console/ui/search-params.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Incidents'))('title') }
}

export default async function IncidentsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return <Incidents {...readFilter(await searchParams)} />
}
