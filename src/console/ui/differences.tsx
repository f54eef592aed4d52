/** What differs between two records, field by field; what is alike is left out. */

export type Difference = { name: string; before: string; after: string }

export function Differences({ fields, none }: { fields: readonly Difference[]; none?: string }) {
  const differing = fields.filter(({ before, after }) => before !== after)
  if (differing.length === 0) return none ? <p>{none}</p> : null
  return (
    <dl className="differences">
      {differing.map(({ name, before, after }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <del>{before || '—'}</del>
            <ins>{after || '—'}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
