'use client'
/** Which organization the console shows. With a single one it is a name; with several, a choice. */
import { useTranslations } from 'next-intl'
import { useTRPCClient } from '../trpc/client.tsx'
import { Icon } from '../ui/line-icon.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import type { ShellData } from './load-shell.ts'

type Props = { current: ShellData['organization']; organizations: ShellData['organizations'] }

export function OrganizationSwitcher({ current, organizations }: Props) {
  const t = useTranslations('Shell')
  const client = useTRPCClient()
  const choose = async (id: string) => {
    await client.people.switchOrganization.mutate({ id })
    // Everything on the page belongs to the organization that was left.
    location.assign('/')
  }
  if (current && organizations.length < 2) return <p className="picker">{current.name}</p>
  return (
    <Menu
      buttonClass="picker"
      button={
        <>
          <span className="picker-words">
            <span className="unseen">{t('organization')} </span>
            <span>{current?.name ?? t('noOrganization')}</span>
          </span>
          <Icon name="expand" />
        </>
      }
    >
      {organizations.map(({ id, name }) => (
        <MenuItem key={id} isChosen={id === current?.id} onClick={() => choose(id)}>
          {name}
        </MenuItem>
      ))}
    </Menu>
  )
}
