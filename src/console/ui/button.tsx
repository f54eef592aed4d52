/**
 * The button with a border or a filling. A plain element, so that lists need no library for it and it can stand in a
 * server component; one that is busy stays in reach and says so.
 */
import type { ComponentProps } from 'react'

type Props = ComponentProps<'button'> & {
  kind?: 'primary' | 'default' | 'danger'
  isBusy?: boolean
  isWide?: boolean
}

export function Button({ kind = 'default', isBusy, isWide, type = 'button', ...rest }: Props) {
  return <button className="button" data-kind={kind} data-wide={isWide} aria-busy={isBusy} type={type} {...rest} />
}
