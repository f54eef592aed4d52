import '#console/people/profile/profile.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DataPage } from '#console/people/data/data-page.tsx'
import { Words } from '#console/ui/words.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Data'))('title') }
}

export default function Page() {
  return (
    <Words of={['Data', 'Form', 'Problem', 'Error', 'Reason']}>
      <DataPage />
    </Words>
  )
}
