/** Who changed what, when. Fifty entries a page, newest first, filtered by what they are about. */
import { getLocale, getTranslations } from 'next-intl/server'
import { scenarioNames } from '#console/scenario-name.ts'
import { Follow } from '#console/shell/follow.tsx'
import { loadShell } from '#console/shell/load-shell.ts'
import { caller } from '#console/trpc/server.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { FilterBar } from '#console/ui/filter-bar.tsx'
import { FilterSelect } from '#console/ui/filter-fields.tsx'
import { PageHead } from '#console/ui/page-head.tsx'
import { Pager } from '#console/ui/pager.tsx'
import { AuditTable } from './audit-table.tsx'
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
