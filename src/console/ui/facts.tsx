/** What there is to know of a thing, each with its name: one below the other, or side by side. */
import { DataList, DataListItem, DataListItemLabel, DataListItemValue } from '@mantine/core'
import type { ReactNode } from 'react'

type Fact = { name: string; value: ReactNode }

export function Facts({ facts, isAcross }: { facts: readonly (Fact | false)[]; isAcross?: boolean }) {
  return (
    <DataList className={isAcross ? 'facts facts-across' : 'facts'} orientation={isAcross ? 'vertical' : 'horizontal'}>
      {facts.map(
        (fact) =>
          fact && (
            <DataListItem key={fact.name}>
              <DataListItemLabel>{fact.name}</DataListItemLabel>
              <DataListItemValue>{fact.value}</DataListItemValue>
            </DataListItem>
          ),
      )}
    </DataList>
  )
}
