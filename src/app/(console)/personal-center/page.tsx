import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PersonalCenter } from '#console/people/personal-center/personal-center.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Shell'))('personalCenter') }
}

export default function PersonalCenterPage() {
  return <PersonalCenter />
}
