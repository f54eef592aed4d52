/** Calls of this App that were refused: they are in no log, so they are told here. */
import { useTranslations } from 'next-intl'
import type { RefusedCalls as Refused } from '#domain/apps/refusals.ts'
import { useRefusalWords } from '../shell/refusal-words.ts'
import { DataTable } from '../ui/data-table.tsx'
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
        <DataTable
          headingId="refused"
          rows={rows}
          keyOf={({ channel, scenario, code, reason }) => `${channel} ${scenario} ${code} ${reason}`}
          columns={[
            { label: t('about'), className: 'break', cell: about },
            {
              label: t('why'),
              cell: (row) => (
                <>
                  {why(row)} <code className="muted">{row.code}</code>
                </>
              ),
            },
            { label: t('count'), className: 'nowrap', cell: ({ count }) => t('times', { count }) },
            { label: t('last'), className: 'nowrap', cell: ({ lastAt }) => <Time at={lastAt} /> },
          ]}
        />
      )}
    </Section>
  )
}
