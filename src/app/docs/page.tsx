/** What the HTTP API offers, open to whoever can reach this installation. */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Docs } from '#console/docs/docs.tsx'
import { loadReference } from '#console/docs/load-reference.ts'
import { Words } from '#console/ui/words.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Docs'))('title') }
}

export default async function DocsPage() {
  return (
    <Words of={['Docs']}>
      <Docs reference={await loadReference()} />
    </Words>
  )
}
