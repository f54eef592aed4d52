'use client'
/** The button with a border or a filling, and the link that looks like one. One that is busy stays in reach and says so. */
import { Button as MantineButton, type MantineColor } from '@mantine/core'
import Link from 'next/link'
import type { ComponentProps } from 'react'

type Look = { kind?: 'primary' | 'default' | 'danger'; isWide?: boolean }

const colors: Record<NonNullable<Look['kind']>, MantineColor | undefined> = {
  primary: 'vermilion',
  default: undefined,
  danger: 'red',
}

const lookOf = ({ kind = 'default', isWide }: Look) =>
  ({ variant: kind === 'default' ? 'default' : 'filled', color: colors[kind], fullWidth: isWide }) as const

type ButtonProps = Omit<ComponentProps<'button'>, 'color'> & Look & { isBusy?: boolean }

export function Button({ kind, isBusy, isWide, type = 'button', style: _, ...rest }: ButtonProps) {
  return <MantineButton {...lookOf({ kind, isWide })} aria-busy={isBusy} type={type} {...rest} />
}

type LinkProps = Omit<ComponentProps<'a'>, 'color' | 'href'> &
  Look & {
    href: string
    /** Loads the page anew: its content policy comes with a document only. */
    isDocument?: boolean
  }

export function LinkButton({ kind, isWide, isDocument, style: _, ...rest }: LinkProps) {
  if (isDocument) return <MantineButton component="a" {...lookOf({ kind, isWide })} {...rest} />
  return <MantineButton component={Link} prefetch={false} {...lookOf({ kind, isWide })} {...rest} />
}
