/** An address that leads nowhere. */
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { Brand } from '#console/ui/brand.tsx'

export default async function NotFound() {
  const t = await getTranslations('Failure')
  return (
    <main className="alone">
      <Brand />
      <div className="alone-card stack">
        <div>
          <h1>{t('notFound')}</h1>
          <p className="muted">{t('notFoundHint')}</p>
        </div>
        <p className="link">
          <Link href="/">{t('toOverview')}</Link>
        </p>
      </div>
    </main>
  )
}
