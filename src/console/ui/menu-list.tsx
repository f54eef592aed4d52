'use client'
/**
 * The list that a menu's button opens: arrow keys and first letters move along it, Escape closes it and gives the focus
 * back; one that is long can be searched. It holds plain buttons and links, and facts as well, so it is a group of them and not an ARIA menu; and it stays
 * beside its button in the page, within the row that it belongs to.
 */
import { Menu } from '@mantine/core'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import {
  Children,
  type ComponentProps,
  isValidElement,
  type ReactNode,
  type Ref,
  type RefObject,
  useLayoutEffect,
  useState,
} from 'react'
import { Icon } from './line-icon.tsx'
import { mostAtAGlance } from './long-selects.tsx'

type Opener = RefObject<HTMLButtonElement | null>

type ListProps = {
  /** Of the button. */
  id: string
  opener: Opener
  align: 'start' | 'end'
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
  children: ReactNode
}

export function MenuList({ id, opener, align, isOpen, onOpen, children }: ListProps) {
  return (
    <Menu
      id={id}
      opened={isOpen}
      // From the list the focus goes back to the button, and what an item opens gives it back to there.
      onChange={(willOpen) => {
        if (!willOpen && document.activeElement?.closest('[data-menu-dropdown]')) opener.current?.focus()
        onOpen(willOpen)
      }}
      position={`bottom-${align}`}
      offset={4}
      returnFocus={false}
      withinPortal={false}
      floatingStrategy="fixed"
      transitionProps={{ duration: 100, exitDuration: 0 }}
      attributes={{ dropdown: { role: 'group', 'aria-orientation': undefined } }}
    >
      <Menu.Target>
        <Anchor opener={opener} />
      </Menu.Target>
      <Menu.Dropdown>
        <Items>{children}</Items>
      </Menu.Dropdown>
    </Menu>
  )
}

/** What a part of a list says, to look for words in it. */
function textOf(part: ReactNode): string {
  if (isValidElement<{ children?: ReactNode }>(part)) return textOf(part.props.children)
  return Array.isArray(part) ? part.map(textOf).join(' ') : String(part ?? '')
}

function Items({ children }: Pick<ListProps, 'children'>) {
  const t = useTranslations('Common')
  const [typed, setTyped] = useState('')
  const items = Children.toArray(children)
  if (items.length <= mostAtAGlance) return children
  const found = items.filter((item) => textOf(item).toLowerCase().includes(typed.trim().toLowerCase()))
  return (
    <>
      <Menu.Search
        aria-label={t('search')}
        placeholder={t('search')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {found}
      <p role="status" className={found.length === 0 ? 'menu-title' : 'unseen'}>
        {t('found', { count: found.length })}
      </p>
    </>
  )
}

/** Tells Mantine of the button, which is there already. */
function Anchor({ opener, ref }: { opener: Opener; ref?: Ref<HTMLButtonElement> }) {
  useLayoutEffect(() => {
    if (typeof ref === 'function') ref(opener.current)
  }, [ref, opener])
  return null
}

type ItemProps = { isDanger?: boolean; lang?: string; children: ReactNode }

/** `isChosen` says whether it is what is chosen among others already. */
export function MenuItem({ isDanger, isChosen, ...rest }: ItemProps & { isChosen?: boolean; onClick: () => void }) {
  return (
    <Menu.Item
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

export function MenuLink({ isCurrent, ...rest }: LinkProps) {
  return (
    <Menu.Item
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
