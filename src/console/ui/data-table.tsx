/** A list: the first column names its rows, the last has what can be done with them. Where it is narrow, each row is a card. */
import { useTranslations } from 'next-intl'
import { Fragment, type ReactNode } from 'react'
import { LinkArea } from './link-area.tsx'

export type Column<Row> = {
  /** Its heading; it stands before each value of a card, too. */
  label: string
  cell: (row: Row) => ReactNode
  /** Of its cells. */
  className?: string
  headClass?: string
  sorting?: Sorting
}

/** Where a column's heading leads: to the list sorted by it. `direction` where it is. */
export type Sorting = { direction: 'ascending' | 'descending' | undefined; href: string }

type Props<Row> = {
  /** The id of the heading it belongs to; `label` where it has none. */
  headingId?: string
  label?: string
  className?: string
  rows: readonly Row[]
  keyOf: (row: Row) => string | number
  /** Those that are shown; a column that is not stands as `false` or `null`. */
  columns: readonly (Column<Row> | false | null)[]
  /** What is unfolded beneath a row, where it is: a row of its own, with this id. */
  unfolded?: (row: Row) => { id: string; content: ReactNode } | null
  /** What can be done with a row; absent for those who may do nothing. */
  actions?: ((row: Row) => ReactNode) | false
  /** Each row leads to what its first link leads to. */
  isOfLinks?: boolean
}

export function DataTable<Row>(props: Props<Row>) {
  const { headingId, label, className, rows, keyOf, unfolded, actions, isOfLinks } = props
  const t = useTranslations('Common')
  const columns = props.columns.filter((column) => column !== false && column !== null)
  const [naming, ...others] = columns
  const table = (
    <table aria-labelledby={headingId} aria-label={label} className={className}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.label} scope="col" className={column.headClass} aria-sort={column.sorting?.direction}>
              {column.sorting ? <SortLink {...column.sorting}>{column.label}</SortLink> : column.label}
            </th>
          ))}
          {actions && (
            <th scope="col">
              <span className="unseen">{t('actions')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const under = unfolded?.(row)
          return (
            <Fragment key={keyOf(row)}>
              <tr>
                <th scope="row" className={naming?.className}>
                  {naming?.cell(row)}
                </th>
                {others.map((column) => (
                  <td key={column.label} data-label={column.label} className={column.className}>
                    {column.cell(row)}
                  </td>
                ))}
                {actions && <td className="actions">{actions(row)}</td>}
              </tr>
              {under && (
                <tr className="unfolded" id={under.id}>
                  <td colSpan={columns.length + (actions ? 1 : 0)}>{under.content}</td>
                </tr>
              )}
            </Fragment>
          )
        })}
      </tbody>
    </table>
  )
  return isOfLinks ? <LinkArea className="list list-links">{table}</LinkArea> : <div className="list">{table}</div>
}

const arrows = { ascending: '↑', descending: '↓' }

type SortLinkProps = Sorting & { title?: string; children: ReactNode }

/** The heading of a column that its list can be sorted by. */
export function SortLink({ direction, href, title, children }: SortLinkProps) {
  return (
    <a className="sort" href={href} title={title}>
      {children} {direction && <span aria-hidden="true">{arrows[direction]}</span>}
    </a>
  )
}
