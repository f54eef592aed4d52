/** Who changed what, when. Fifty entries a page, newest first, filtered by what they are about. */

import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl'
import { getLocale, getTranslations } from 'next-intl/server'
import { Fragment } from 'react'
import { personalCenter } from '#console/links.ts'
import { scenarioNames } from '#console/scenario-name.ts'
import { Follow } from '#console/shell/follow.tsx'
import { loadShell } from '#console/shell/load-shell.ts'
import { caller } from '#console/trpc/server.tsx'
import { DataTable } from '#console/ui/data-table.tsx'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { FilterBar } from '#console/ui/filter-bar.tsx'
import { FilterSelect } from '#console/ui/filter-fields.tsx'
import { formatExact, formatMoment } from '#console/ui/format-time.ts'
import { PageHead } from '#console/ui/page-head.tsx'
import { Pager } from '#console/ui/pager.tsx'
import type { SearchParams } from '#console/ui/search-params.ts'
import { type Entry, useChangeWords } from './changes.ts'
import { auditAddress, readAuditFilter, subjects } from './filter.ts'
import './audit-log.css'

export async function AuditLog({ searchParams }: { searchParams: SearchParams }) {
  const [{ permissions }, t, shell] = await Promise.all([
    loadShell(),
    getTranslations('Audit'),
    getTranslations('Shell'),
  ])
  const head = (
    <PageHead
      crumbs={[{ label: shell('personalCenter'), href: personalCenter.href }]}
      title={<span id="audit-log">{t('title')}</span>}
      purpose={t('purpose')}
    />
  )
  if (!permissions.includes('audit:read')) {
    return (
      <>
        {head}
        <EmptyState title={t('forbidden')} text={t('forbiddenHint')} />
      </>
    )
  }
  const input = readAuditFilter(searchParams)
  const [{ rows, newer, older }, apps, scenarios, locale] = await Promise.all([
    caller().messages.audit(input),
    caller().apps.names(),
    caller().templates.scenarios(),
    getLocale(),
  ])
  const options = [
    { value: '', label: t('all') },
    ...subjects.map((value) => ({ value, label: t(`subject_${value}`) })),
  ]
  return (
    <>
      {head}
      <FilterBar action="/personal-center/audit-log" label={t('filters')} isFiltered={Boolean(input.subject)}>
        <FilterSelect name="subject" label={t('subject')} value={input.subject} options={options} />
      </FilterBar>
      {rows.length > 0 ? (
        <AuditTable rows={rows} apps={apps} nameOf={scenarioNames(scenarios, locale)} />
      ) : (
        <EmptyState
          title={t(input.subject ? 'noneFound' : 'none')}
          text={t(input.subject ? 'noneFoundHint' : 'noneHint')}
        />
      )}
      <Pager newer={newer && auditAddress(input.subject, newer)} older={older && auditAddress(input.subject, older)} />
      <Follow />
    </>
  )
}

type Props = { rows: Entry[]; apps: { id: string; name: string }[]; nameOf: (scenario: string) => string }

/** What changed in each entry is folded away. */
function AuditTable({ rows, apps, nameOf }: Props) {
  const t = useTranslations('Audit')
  const words = useDynamicWords('Audit')
  const changesOf = useChangeWords(apps, nameOf)
  const locale = useLocale()
  const zone = useTimeZone() ?? 'UTC'
  const now = useNow()
  const onWhat = ({ subject, subjectName }: Entry) => {
    if (subjectName === null) return '–'
    return subject === 'template' || subject === 'scenario' ? nameOf(subjectName) : subjectName
  }
  return (
    <DataTable
      headingId="audit-log"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          label: t('when'),
          cell: ({ at }) => (
            <time dateTime={at.toISOString()} title={formatExact(at, locale, zone)}>
              {formatMoment(at, now, locale, zone)}
            </time>
          ),
        },
        { label: t('who'), className: 'break', cell: ({ actorName }) => actorName },
        {
          label: t('what'),
          cell: ({ subject, action }) => words.find(`${subject}_${action}`) ?? `${subject} ${action}`,
        },
        { label: t('onWhat'), className: 'break', cell: onWhat },
        { label: t('changes'), className: 'changes', cell: (row) => <Changes lines={changesOf(row)} /> },
      ]}
    />
  )
}

function Changes({ lines }: { lines: readonly [label: string, value: string][] }) {
  const t = useTranslations('Audit')
  if (lines.length === 0) return null
  return (
    <details className="fold">
      <summary>{t('show')}</summary>
      <dl>
        {lines.map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd className="break">{value}</dd>
          </Fragment>
        ))}
      </dl>
    </details>
  )
}
