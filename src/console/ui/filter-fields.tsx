/** The inputs of a filter bar. Plain elements: a list should not load a form library to be filtered. */
import { useId } from 'react'

type TextProps = {
  name: string
  label: string
  value?: string
  placeholder?: string
  /** Says more on hover, such as the time zone that is meant. */
  title?: string
  type?: 'search' | 'date' | 'datetime-local'
}

export function FilterText({ name, label, value = '', placeholder, title, type = 'search' }: TextProps) {
  const id = useId()
  return (
    <div className={type === 'search' ? 'filter-long' : 'filter'}>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {/* Keyed by its value: another address shows its own filters. */}
      <input
        key={value}
        id={id}
        className="input"
        name={name}
        type={type}
        defaultValue={value}
        placeholder={placeholder}
        title={title}
        autoComplete="off"
      />
    </div>
  )
}

type SelectProps = { name: string; label: string; value?: string; options: { value: string; label: string }[] }

export function FilterSelect({ name, label, value = '', options }: SelectProps) {
  const id = useId()
  return (
    <div className="filter">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <select key={value} id={id} className="input" name={name} defaultValue={value}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
