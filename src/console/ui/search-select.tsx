'use client'
/**
 * A box to choose one of very many from: typing narrows them down, arrow keys move along them, Enter takes one. What cannot
 * be chosen is listed with the reason. Draws a few dozen at a time, however many there are. Uses the words `SearchSelect`.
 */
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type ReactNode, useDeferredValue, useId, useMemo, useState } from 'react'
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
  /** What ties the box to its label and to what is said of it. */
  input: { id: string; 'aria-invalid': true | undefined; 'aria-describedby': string | undefined }
  /** Undefined while they are looked up. */
  options: readonly SearchOption[] | undefined
  value: string
  /** What stands in the box for a value that is not among the options, or while they are looked up. */
  shown: string
  placeholder?: string
  isReadOnly?: boolean
  onChoose: (value: string) => void
}

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

export function SearchSelect(props: Props) {
  const { label, input, options, value, shown, placeholder, isReadOnly, onChoose } = props
  const id = useId()
  const [typed, setTyped] = useState<string>()
  const [active, setActive] = useState(0)
  const isOpen = typed !== undefined && !isReadOnly
  const sought = useDeferredValue(typed ?? '')
  const { found, left } = useMemo(() => narrow(options ?? [], sought), [options, sought])
  const current = options?.find((option) => option.value === value)?.label ?? shown
  const chosen = Math.min(active, found.length - 1)

  const open = () => {
    if (isOpen || isReadOnly) return
    setTyped('')
    setActive(
      Math.max(
        0,
        narrow(options ?? [], '').found.findIndex((option) => option.value === value),
      ),
    )
  }
  const close = () => setTyped(undefined)
  const take = (option: SearchOption | undefined) => {
    if (!option || option.refused !== undefined) return
    onChoose(option.value)
    close()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step !== undefined) {
      event.preventDefault()
      if (!isOpen) return open()
      const next = (chosen + step + found.length) % Math.max(1, found.length)
      setActive(next)
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault()
      // What is drawn may be a letter behind what is typed.
      take(sought === typed ? found[chosen] : narrow(options ?? [], typed).found[0])
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault()
      event.stopPropagation()
      close()
    }
  }
  return (
    <div className="search-select">
      <input
        {...input}
        className="input"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && found.length > 0 ? `${id}-${chosen}` : undefined}
        dir="auto"
        value={isOpen ? typed : current}
        placeholder={isOpen && current ? current : placeholder}
        readOnly={isReadOnly}
        autoComplete="off"
        spellCheck={false}
        onClick={open}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {isOpen && (
        <Popup
          id={id}
          label={label}
          isLoading={options === undefined}
          found={found}
          left={left}
          chosen={chosen}
          value={value}
          onTake={take}
        />
      )}
    </div>
  )
}

type PopupProps = {
  id: string
  label: string
  isLoading: boolean
  found: readonly SearchOption[]
  left: number
  chosen: number
  value: string
  onTake: (option: SearchOption) => void
}

function Popup({ id, label, isLoading, found, left, chosen, value, onTake }: PopupProps) {
  const t = useTranslations('SearchSelect')
  const said = isLoading ? t('loading') : t('found', { count: found.length + left })
  return (
    // A press on the list must not take the focus out of the box, which would close it.
    <div className="search-select-popup" onPointerDown={(event) => event.preventDefault()}>
      <p role="status" className={isLoading || found.length === 0 ? 'muted small' : 'unseen'}>
        {said}
      </p>
      {isLoading && <span className="skeleton" />}
      <div id={`${id}-list`} role="listbox" aria-label={label} className="search-select-list">
        {found.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the box keeps the focus and hears the keys
          <div
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            aria-disabled={option.refused !== undefined || undefined}
            data-chosen={option.value === value || undefined}
            onClick={() => onTake(option)}
          >
            <span className="search-select-line">
              <bdi>{option.label}</bdi>
              {option.aside}
            </span>
            {option.text && <bdi className="search-select-text">{option.text}</bdi>}
            {option.refused && <span className="search-select-refused">{option.refused}</span>}
          </div>
        ))}
      </div>
      {left > 0 && <p className="muted small">{t('more', { count: left })}</p>}
    </div>
  )
}
