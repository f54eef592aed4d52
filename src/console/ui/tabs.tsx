'use client'
/** Views of one thing, one at a time: arrow keys move between the tabs. */
import { Tabs as MantineTabs } from '@mantine/core'
import type { ReactNode } from 'react'

type Tab = { id: string; label: string; content: ReactNode }

export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <MantineTabs defaultValue={tabs[0]?.id} variant="pills" keepMountedMode="display-none">
      <MantineTabs.List aria-label={label}>
        {tabs.map(({ id, label: name }) => (
          <MantineTabs.Tab key={id} value={id}>
            {name}
          </MantineTabs.Tab>
        ))}
      </MantineTabs.List>
      {tabs.map(({ id, content }) => (
        <MantineTabs.Panel key={id} value={id}>
          {content}
        </MantineTabs.Panel>
      ))}
    </MantineTabs>
  )
}
