/** Calls of this App that were refused: they are in no log, so they are told here. */
import { useTranslations } from 'next-intl'
import type { RefusedCalls as Refused } from '#domain/apps/refusals.ts'
import { useRefusalWords } from '../shell/refusal-words.ts'
import { Section } from '../ui/page-head.tsx'
import { Time } from '../ui/time.tsx'

type Props = { rows: readonly Refused[]; nameOf: (scenario: string) => string }

export function RefusedCalls({ rows, nameOf }: Props) {
  const t = useTranslations('Refused')
  const { about, why } = useRefusalWords(nameOf)
  return (
    <Section id="refused" title={t('title')} purpose={t('purpose')}>
      {rows.length === 0 ? (
        <p className="muted small">{t('none')}</p>
      ) : (
        <div className="list">
          <table aria-labelledby="refused">
            <thead>
              <tr>
                <th scope="col">{t('about')}</th>
                <th scope="col">{t('why')}</th>
                <th scope="col">{t('count')}</th>
                <th scope="col">{t('last')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.channel} ${row.scenario} ${row.code} ${row.reason}`}>
                  <th scope="row" className="break">
                    {about(row)}
                  </th>
                  <td data-label={t('why')}>
                    {why(row)} <code className="muted">{row.code}</code>
                  </td>
                  <td data-label={t('count')} className="nowrap">
                    {t('times', { count: row.count })}
                  </td>
                  <td data-label={t('last')} className="nowrap">
                    <Time at={row.lastAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}
