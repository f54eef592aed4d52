/** The inputs of a filter bar. Keyed by their values: another address shows its own filters. */
import { NativeSelect, TextInput } from '@mantine/core'

type TextProps = {
  name: string
  label: string
  value?: string
  placeholder?: string
  /** Says more on hover, such as the time zone that is meant. */
  title?: string
  type?: 'search' | 'date' | 'datetime-local'
}

export function FilterText({ value = '', type = 'search', ...rest }: TextProps) {
  return <TextInput key={value} type={type} defaultValue={value} autoComplete="off" {...rest} />
}

type SelectProps = { name: string; label: string; value?: string; options: { value: string; label: string }[] }

export function FilterSelect({ value = '', options, ...rest }: SelectProps) {
  return <NativeSelect key={value} defaultValue={value} data={options} {...rest} />
}
