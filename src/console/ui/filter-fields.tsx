/**
 * The inputs of a filter bar, keyed by their values: another address shows its own filters. Plain elements: the markup of the
 * library's inputs would weigh a tenth of a list's page.
 */
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

export function FilterText({ label, value = '', type = 'search', ...rest }: TextProps) {
  const id = useId()
  return (
    <div>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input key={value} id={id} className="input" type={type} defaultValue={value} autoComplete="off" {...rest} />
    </div>
  )
}

type SelectProps = { name: string; label: string; value?: string; options: { value: string; label: string }[] }

export function FilterSelect({ name, label, value = '', options }: SelectProps) {
  const id = useId()
  return (
    <div>
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
