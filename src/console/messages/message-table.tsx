/** A page of the log as a plain table: fifty rows of text, nothing in them that a browser has to bring to life. */
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl'
import type { MessageRow } from '#domain/sending/log/log.ts'
import { columnLabels } from '../ui/column-labels.ts'
import { SortLink } from '../ui/data-table.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { formatExact, formatMoment } from '../ui/format-time.ts'
import { LinkArea } from '../ui/link-area.tsx'
import { markup, rowsOf } from '../ui/markup.ts'
import { useOutcomeWords } from './outcome-words.ts'
import { badgeOf } from './status.ts'

type Props = {
  rows: MessageRow[]
  nameOf: (scenario: string) => string
  oldestFirst: boolean
  /** The address of the list in the other order. */
  turned: string
}

export function MessageTable({ rows, nameOf, oldestFirst, turned }: Props) {
  const t = useTranslations('Messages')
  const draw = useRow(nameOf)
  return (
    <LinkArea className="list list-light list-links">
      <table
        aria-labelledby="messages"
        style={columnLabels(t('app'), t('scenario'), t('channel'), t('recipient'), t('status'))}
      >
        <thead>
          <tr>
            <th scope="col" aria-sort={oldestFirst ? 'ascending' : 'descending'}>
              <SortLink
                direction={oldestFirst ? 'ascending' : 'descending'}
                href={turned}
                title={t(oldestFirst ? 'oldestFirst' : 'newestFirst')}
              >
                {t('time')}
              </SortLink>
            </th>
            <th scope="col">{t('app')}</th>
            <th scope="col">{t('scenario')}</th>
            <th scope="col">{t('channel')}</th>
            <th scope="col">{t('recipient')}</th>
            <th scope="col">{t('status')}</th>
          </tr>
        </thead>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: `markup` escapes every value */}
        <tbody dangerouslySetInnerHTML={rowsOf(rows.map(draw))} />
      </table>
    </LinkArea>
  )
}

/** Draws a row. A function and not a component: the words and formats are looked up once for all of them. */
function useRow(nameOf: Props['nameOf']) {
  const t = useTranslations('Messages')
  const statusWord = useTranslations('Status')
  const channelWord = useDynamicWords('Shell')
  const outcome = useOutcomeWords()
  const kind = remembered((of: 'test' | 'test_send' | 'notice') => t(`kind_${of}`))
  const status = remembered((word: ReturnType<typeof badgeOf>['word']) => statusWord(word))
  const channel = remembered((of: string) => channelWord(`channel_${of}`))
  const reason = remembered((key: string) => outcome(key).what ?? '')
  const locale = useLocale()
  const zone = useTimeZone() ?? 'UTC'
  const now = useNow()
  return (row: MessageRow) => {
    const { tone, word } = badgeOf(row)
    const why = word === 'waiting' || row.status === 'failed' || row.status === 'unknown' || row.status === 'expired'
    const code = why && row.errorCode
    // The ends of cells and rows may be left out (HTML standard, 13.1.2.4): a fifth of the table, which a page carries twice.
    return markup`<tr>
<th scope="row"><a href="/messages/${row.id}" title="${formatExact(row.createdAt, locale, zone)}">${formatMoment(row.createdAt, now, locale, zone)}</a>
<td>${row.app ?? '–'}${row.kind !== 'live' && markup` <span class="tag">${kind(row.kind)}</span>`}
<td>${nameOf(row.scenario)}
<td>${channel(row.channel)}
<td>${row.recipient}
<td><span class="badge mark ${tone}">${status(word)}</span>${code && markup` <span class="why">${reason(row.errorCause ?? code) || code}</span>`}`
  }
}

/** The same words for many rows are looked up once. */
function remembered<Key extends string>(find: (key: Key) => string): (key: Key) => string {
  const known = new Map<Key, string>()
  return (key) => {
    const words = known.get(key) ?? find(key)
    known.set(key, words)
    return words
  }
}
