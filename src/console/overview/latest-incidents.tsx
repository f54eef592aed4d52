/** The last few incidents, open ones and those that are over, with the way to all of them. Nothing where there never was one. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { IncidentState } from '../incidents/incident-state.tsx'
import { type Incident, useIncidentWords } from '../incidents/incident-words.ts'
import { Time } from '../ui/time.tsx'

export function LatestIncidents({ incidents }: { incidents: readonly Incident[] }) {
  const t = useTranslations('Incidents')
  const { sentenceOf } = useIncidentWords()
  if (incidents.length === 0) return null
  return (
    <section className="section" aria-labelledby="latest-incidents">
      <h2 id="latest-incidents">{t('latest')}</h2>
      <ul className="lines">
        {incidents.map((incident) => (
          <li key={incident.id}>
            <IncidentState incident={incident} />
            <span className="line-words">{sentenceOf(incident)}</span>
            <span className="muted">
              <Time at={incident.openedAt} />
            </span>
          </li>
        ))}
        <li>
          <Link href="/incidents" prefetch={false}>
            {t('all')}
          </Link>
        </li>
      </ul>
    </section>
  )
}
