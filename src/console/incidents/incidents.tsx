/** All incidents, newest first, fifty a page: what is wrong or was, who was told, and who looks after it. */
import { useLocale, useNow, useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { Follow } from '../shell/follow.tsx'
import { loadShell } from '../shell/load-shell.ts'
import { caller } from '../trpc/server.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FilterBar } from '../ui/filter-bar.tsx'
import { FilterSelect } from '../ui/filter-fields.tsx'
import { formatDuration } from '../ui/format-time.ts'
import { PageHead } from '../ui/page-head.tsx'
import { Pager } from '../ui/pager.tsx'
import { Time } from '../ui/time.tsx'
import { Words } from '../ui/words.tsx'
import { Acknowledge } from './acknowledge.tsx'
import { incidentsPlace, type ReadFilter } from './filter.ts'
import { IncidentState } from './incident-state.tsx'
import { type Incident, useIncidentWords } from './incident-words.ts'

export async function Incidents({ open, cursor }: ReadFilter) {
  const [{ permissions }, t, shell, { rows, newer, older }] = await Promise.all([
    loadShell(),
    getTranslations('Incidents'),
    getTranslations('Shell'),
    caller().incidents.list({ ...(open && { open }), ...(cursor && { cursor }) }),
  ])
  const address = (to: string | null) => to && incidentsPlace({ open, cursor: to })
  return (
    <>
      <PageHead
        crumbs={[{ label: shell('overview'), href: '/' }]}
        title={<span id="incidents">{t('title')}</span>}
        purpose={t('purpose')}
      />
      <FilterBar action="/incidents" label={t('filters')} isFiltered={open}>
        <FilterSelect
          name="state"
          label={t('state')}
          value={open ? 'open' : ''}
          options={[
            { value: '', label: t('everything') },
            { value: 'open', label: t('openOnly') },
          ]}
        />
      </FilterBar>
      {rows.length > 0 ? (
        <Words of={['Incidents', 'Error', 'Problem', 'Reason']}>
          <IncidentTable rows={rows} mayAcknowledge={permissions.includes('incidents:write')} />
        </Words>
      ) : (
        <EmptyState title={t(open ? 'noneOpen' : 'none')} text={t(open ? 'noneOpenHint' : 'noneHint')} />
      )}
      <Pager newer={address(newer)} older={address(older)} />
      <Follow />
    </>
  )
}

function IncidentTable({ rows, mayAcknowledge }: { rows: Incident[]; mayAcknowledge: boolean }) {
  const t = useTranslations('Incidents')
  const { sentenceOf, placeOf } = useIncidentWords()
  const now = useNow()
  const locale = useLocale()
  const what = (incident: Incident) => {
    const place = placeOf(incident)
    return place ? <a href={place}>{sentenceOf(incident)}</a> : sentenceOf(incident)
  }
  const lasted = ({ openedAt, recoveredAt }: Incident) => {
    const minutes = Math.floor(((recoveredAt ?? now).getTime() - openedAt.getTime()) / 60_000)
    return minutes > 0 && t('lasted', { duration: formatDuration(minutes * 60_000, locale) })
  }
  return (
    <DataTable
      headingId="incidents"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { label: t('what'), className: 'break', cell: what },
        { label: t('state'), cell: (incident) => <IncidentState incident={incident} /> },
        {
          label: t('began'),
          className: 'nowrap',
          cell: (incident) => (
            <>
              <Time at={incident.openedAt} />
              <div className="muted">{lasted(incident)}</div>
            </>
          ),
        },
        { label: t('told'), className: 'break', cell: (incident) => <Told incident={incident} /> },
        {
          label: t('looksAfter'),
          cell: ({ id, acknowledged, recoveredAt }) => {
            if (acknowledged)
              return (
                <>
                  {acknowledged.by}
                  <div className="muted">
                    <Time at={acknowledged.at} />
                  </div>
                </>
              )
            return mayAcknowledge && !recoveredAt ? <Acknowledge id={id} /> : '–'
          },
        },
      ]}
    />
  )
}

function Told({ incident: { told, isBeingTold } }: { incident: Incident }) {
  const t = useTranslations('Incidents')
  const { toldTo } = useIncidentWords()
  if (told.length === 0) return <span className="muted">{t(isBeingTold ? 'beingTold' : 'toldNobody')}</span>
  return told.map((by) => <div key={`${by.channel} ${by.isOver}`}>{toldTo(by)}</div>)
}
