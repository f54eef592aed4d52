'use client'
/**
 * A button that opens a short list of actions: arrow keys and first letters move along it, Escape closes it and gives the
 * focus back. It holds plain buttons and links, and facts as well, so it is a group of them and not an ARIA menu; and it
 * stays where its button is, within the row that it belongs to.
 */
import { Menu as MantineMenu } from '@mantine/core'
import Link from 'next/link'
import { type ComponentProps, type ReactNode, useRef } from 'react'
import { Icon } from './line-icon.tsx'

type Props = {
  /** Names the button when it shows no words of its own. */
  label?: string
  button: ReactNode
  buttonClass?: string
  /** Which edge of the button the list lines up with. */
  align?: 'start' | 'end'
  children: ReactNode
}

export function Menu({ label, button, buttonClass = 'quiet', align = 'start', children }: Props) {
  const opener = useRef<HTMLButtonElement>(null)
  return (
    <MantineMenu
      position={`bottom-${align}`}
      offset={4}
      withinPortal={false}
      floatingStrategy="fixed"
      transitionProps={{ duration: 100, exitDuration: 0 }}
      attributes={{ dropdown: { role: 'group', 'aria-orientation': undefined } }}
    >
      <MantineMenu.Target>
        <Opener ref={opener} className={buttonClass} aria-label={label} title={label}>
          {button}
        </Opener>
      </MantineMenu.Target>
      {/* What an item opens gives the focus back to where it was: to the button, and not to the item, which is gone by then. */}
      <MantineMenu.Dropdown onClickCapture={() => opener.current?.focus()}>{children}</MantineMenu.Dropdown>
    </MantineMenu>
  )
}

/** What it opens is no ARIA menu. */
function Opener({ 'aria-haspopup': _, ...rest }: ComponentProps<'button'>) {
  return <button type="button" {...rest} />
}

type ItemProps = { isDanger?: boolean; lang?: string; children: ReactNode }

/** A thing to do. `isChosen` says whether it is what is chosen among others already. */
export function MenuItem({ isDanger, isChosen, ...rest }: ItemProps & { isChosen?: boolean; onClick: () => void }) {
  return (
    <MantineMenu.Item
      component={ItemButton}
      aria-pressed={isChosen}
      color={isDanger ? 'red' : undefined}
      rightSection={isChosen && <Icon name="check" />}
      {...rest}
    />
  )
}

type LinkProps = Omit<ItemProps, 'isDanger'> & {
  href: string
  /** It is the place that one is at. */
  isCurrent?: boolean
  /** Loads the page anew: its content policy comes with a document only. */
  isDocument?: boolean
}

/** A place to go to. */
export function MenuLink({ isCurrent, ...rest }: LinkProps) {
  return (
    <MantineMenu.Item
      component={ItemLink}
      aria-current={isCurrent ? 'page' : undefined}
      rightSection={isCurrent && <Icon name="check" />}
      {...rest}
    />
  )
}

const ItemButton = ({ role: _, ...rest }: ComponentProps<'button'>) => <button {...rest} type="button" />

const ItemLink = ({
  role: _,
  isDocument,
  href,
  ...rest
}: ComponentProps<'a'> & { href: string; isDocument?: boolean }) =>
  isDocument ? <a href={href} {...rest} /> : <Link href={href} prefetch={false} {...rest} />

/** What stands above a group of items. */
export const MenuTitle = MantineMenu.Label
export const MenuLine = MantineMenu.Divider
