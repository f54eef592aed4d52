'use client'
/**
 * A box to choose one of very many from: typing narrows them down, arrow keys move along them, Enter takes one. What cannot
 * be chosen is listed with the reason. Draws a few dozen at a time, however many there are.
 */
import { Combobox, Input, type InputProps, Skeleton, useVirtualizedCombobox } from '@mantine/core'
import { useTranslations } from 'next-intl'
import { type ComponentProps, type ReactNode, useId, useMemo, useState } from 'react'
import { narrow } from './narrow.ts'
import './search-select.css'

export type SearchOption = {
  value: string
  /** What stands in the box once it is chosen. */
  label: string
  /** A second line, searched as well. */
  text?: string
  /** Stands at the end of the first line: a state. */
  aside?: ReactNode
  /** Why it cannot be chosen. */
  refused?: string | undefined
}

type Props = {
  /** Names the list; the box is named by its own `<label>`. */
  label: string
  /** What names the box, or ties it to its label, and to what is said of it. */
  input: Pick<ComponentProps<'input'>, 'id' | 'aria-label' | 'aria-invalid' | 'aria-describedby'>
  /** Undefined while they are looked up. */
  options: readonly SearchOption[] | undefined
  value: string
  /** What stands in the box for a value that is not among the options, or while they are looked up. */
  shown: string
  placeholder?: string
  isReadOnly?: boolean
  /** It is opened by being drawn, with this typed already. */
  startWith?: string
  onChoose: (value: string) => void
  /** It was left without a choice. */
  onClose?: () => void
}

export function SearchSelect(props: Props) {
  const { label, input, options, value, shown, placeholder, isReadOnly = false, onChoose } = props
  const id = useId()
  const [typed, setTyped] = useState(props.startWith)
  const { found, left } = useMemo(() => narrow(options ?? [], typed ?? ''), [options, typed])
  const chosenAt = Math.max(
    0,
    found.findIndex((option) => option.value === value),
  )
  const [at, setAt] = useState(chosenAt)
  const current = options?.find((option) => option.value === value)?.label ?? shown
  const active = Math.min(Math.max(at, 0), found.length - 1)
  const isOpen = typed !== undefined
  const idOf = (index: number) => `${id}-${index}`
  const listId = `${id}-list`
  const take = (option: SearchOption | undefined) => {
    if (!option || option.refused !== undefined) return
    onChoose(option.value)
    setTyped(undefined)
  }
  const store = useVirtualizedCombobox({
    opened: isOpen,
    onOpenedChange: (willOpen) => {
      setTyped(willOpen && !isReadOnly ? '' : undefined)
      setAt(chosenAt)
      if (!willOpen) props.onClose?.()
    },
    totalOptionsCount: found.length,
    getOptionId: idOf,
    selectedOptionIndex: active,
    setSelectedOptionIndex: (index) => {
      setAt(index)
      document.getElementById(idOf(index))?.scrollIntoView({ block: 'nearest' })
    },
    activeOptionIndex: chosenAt,
    onSelectedOptionSubmit: (index) => take(found[index]),
  })
  return (
    <Combobox store={store} readOnly={isReadOnly} keepMounted={false} withinPortal={false} offset={4}>
      <Combobox.Target withExpandedAttribute>
        <Box
          {...input}
          activeId={isOpen && active >= 0 ? idOf(active) : undefined}
          listId={isOpen ? listId : undefined}
          error={input['aria-invalid']}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          aria-autocomplete="list"
          dir="auto"
          value={typed ?? current}
          placeholder={isOpen && current ? current : placeholder}
          readOnly={isReadOnly}
          spellCheck={false}
          autoFocus={props.startWith !== undefined}
          onClick={() => store.openDropdown()}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setAt(0)
          }}
          onBlur={() => store.closeDropdown()}
        />
      </Combobox.Target>
      {/* A press beside the options, on the scroll bar say, must not take the focus out of the box, which would close them. */}
      <Combobox.Dropdown onMouseDown={(event) => event.preventDefault()}>
        <Said isLoading={options === undefined} count={found.length + left} />
        <Combobox.Options id={listId} aria-label={label}>
          {found.map((option, index) => (
            <Combobox.Option
              key={option.value}
              id={idOf(index)}
              value={option.value}
              selected={index === active}
              aria-selected={index === active}
              active={option.value === value}
              aria-disabled={option.refused !== undefined || undefined}
              onClick={() => take(option)}
            >
              <span className="option-line">
                <bdi>{option.label}</bdi>
                {option.aside}
              </span>
              {option.text && <bdi className="option-text">{option.text}</bdi>}
              {option.refused && <span className="option-refused">{option.refused}</span>}
            </Combobox.Option>
          ))}
        </Combobox.Options>
        {left > 0 && <More count={left} />}
      </Combobox.Dropdown>
    </Combobox>
  )
}

type BoxProps = InputProps & ComponentProps<'input'> & { activeId: string | undefined; listId: string | undefined }

/**
 * Of its list Mantine tells only at the next drawing, of the option that typing brought to the top not at all, and of what is said of
 * the box only where it draws the label, too.
 */
function Box({ activeId, listId, id, size: _, ...rest }: BoxProps) {
  const list = { 'aria-expanded': listId !== undefined, 'aria-controls': listId, 'aria-activedescendant': activeId }
  return <Input {...rest} {...list} withAria={false} attributes={{ input: { id } }} />
}

function Said({ isLoading, count }: { isLoading: boolean; count: number }) {
  const t = useTranslations('Common')
  return (
    <>
      <p role="status" className={isLoading || count === 0 ? 'option-more' : 'unseen'}>
        {isLoading ? t('lookingUp') : t('found', { count })}
      </p>
      {isLoading && <Skeleton height={14} width={120} m="xs" />}
    </>
  )
}

function More({ count }: { count: number }) {
  return <p className="option-more">{useTranslations('Common')('moreFound', { count })}</p>
}
