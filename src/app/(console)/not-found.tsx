/** A record that is not there, or not in this organization; the frame stays. */
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'

export default async function RecordNotFound() {
  const t = await getTranslations('Failure')
  return (
    <div className="stack">
      <h1>{t('recordNotFound')}</h1>
      <p className="muted">{t('recordNotFoundHint')}</p>
      <p className="link">
        <Link href="/">{t('toOverview')}</Link>
      </p>
    </div>
  )
}
