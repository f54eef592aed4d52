/** A page of the audit log as a plain table; what changed in each entry is folded away. */
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl'
import { columnLabels } from '#console/ui/column-labels.ts'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { formatExact, formatMoment } from '#console/ui/format-time.ts'
import { markup, rowsOf } from '#console/ui/markup.ts'
import { type Entry, useChangeWords } from './changes.ts'

type Props = { rows: Entry[]; apps: { id: string; name: string }[]; nameOf: (scenario: string) => string }

export function AuditTable({ rows, apps, nameOf }: Props) {
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
