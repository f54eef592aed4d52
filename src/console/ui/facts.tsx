/** What there is to know of a thing, each with its name: one below the other, or side by side. */
import { DataList, DataListItem, DataListItemLabel, DataListItemValue } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = {
  /** By name, in this order; what has no value is left out. */
  facts: Readonly<Record<string, ReactNode>>
  isAcross?: boolean
}

export function Facts({ facts, isAcross }: Props) {
  const known = Object.entries(facts).filter(([, value]) => Boolean(value))
  if (known.length === 0) return null
  return (
    <DataList className={isAcross ? 'facts facts-across' : 'facts'} orientation={isAcross ? 'vertical' : 'horizontal'}>
      {known.map(([name, value]) => (
        <DataListItem key={name}>
          <DataListItemLabel>{name}</DataListItemLabel>
          <DataListItemValue>{value}</DataListItemValue>
        </DataListItem>
      ))}
    </DataList>
  )
}
