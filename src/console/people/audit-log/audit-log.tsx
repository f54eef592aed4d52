/** Who changed what, when. Fifty entries a page, newest first, filtered by what they are about. */

import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl'
import { getLocale, getTranslations } from 'next-intl/server'
import { scenarioNames } from '#console/scenario-name.ts'
import { Follow } from '#console/shell/follow.tsx'
import { loadShell } from '#console/shell/load-shell.ts'
import { caller } from '#console/trpc/server.tsx'
import { columnLabels } from '#console/ui/column-labels.ts'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { FilterBar } from '#console/ui/filter-bar.tsx'
import { FilterSelect } from '#console/ui/filter-fields.tsx'
import { formatExact, formatMoment } from '#console/ui/format-time.ts'
import { markup, rowsOf } from '#console/ui/markup.ts'
import { PageHead } from '#console/ui/page-head.tsx'
import { Pager } from '#console/ui/pager.tsx'
import { type Entry, useChangeWords } from './changes.ts'
import { auditAddress, readAuditFilter, type SearchParams, subjects } from './filter.ts'
import './audit-log.css'

export async function AuditLog({ asked }: { asked: SearchParams }) {
  const [{ permissions }, t, shell] = await Promise.all([
    loadShell(),
    getTranslations('Audit'),
    getTranslations('Shell'),
  ])
  const head = (
    <PageHead
      crumbs={[{ label: shell('personalCenter') }]}
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
  const input = readAuditFilter(asked)
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

/** A page of the audit log as a plain table; what changed in each entry is folded away. */
function AuditTable({ rows, apps, nameOf }: Props) {
  const t = useTranslations('Audit')
  const draw = useRow(apps, nameOf)
  return (
    <div className="list list-light audit">
      <table aria-labelledby="audit-log" style={columnLabels(t('who'), t('what'), t('onWhat'), t('changes'))}>
        <thead>
          <tr>
            <th scope="col">{t('when')}</th>
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('onWhat')}</th>
            <th scope="col">{t('changes')}</th>
          </tr>
        </thead>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: `markup` escapes every value */}
        <tbody dangerouslySetInnerHTML={rowsOf(rows.map(draw))} />
      </table>
    </div>
  )
}

/** Draws a row. A function and not a component: the words and formats are looked up once for all of them. */
function useRow(apps: Props['apps'], nameOf: Props['nameOf']) {
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
  return (row: Entry) => {
    const changes = changesOf(row).map(
      ([label, value]) => markup`<div><dt>${label}</dt><dd class="break">${value}</dd></div>`,
    )
    return markup`<tr>
<th scope="row"><time datetime="${row.at.toISOString()}" title="${formatExact(row.at, locale, zone)}">${formatMoment(row.at, now, locale, zone)}</time></th>
<td class="break">${row.actorName}</td>
<td>${words.find(`${row.subject}_${row.action}`) ?? `${row.subject} ${row.action}`}</td>
<td class="break">${onWhat(row)}</td>
<td>${changes.length > 0 && markup`<details class="fold"><summary>${t('show')}</summary><dl>${changes}</dl></details>`}</td>
</tr>`
  }
}
