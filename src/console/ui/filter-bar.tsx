'use client'
/** Filters that live in the URL: a plain GET form, so it works before and without scripts; with them it stays put. */
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useTransition } from 'react'
import { Button } from './button.tsx'

type Props = {
  /** The address of the list; its filters become the query. */
  action: string
  label: string
  /** Whether a filter is set, so that clearing makes sense. */
  isFiltered: boolean
  /** The word on the button; `Filter` unless said. */
  verb?: string
  /** Whether the list is a part of its page, so that filtering must not scroll away from it. */
  isPart?: boolean
  children: ReactNode
}

export function FilterBar({ action, label, isFiltered, verb, isPart, children }: Props) {
  const t = useTranslations('Common')
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const query = new URLSearchParams()
    for (const [name, value] of new FormData(event.currentTarget)) {
      if (typeof value === 'string' && value.trim()) query.append(name, value.trim())
    }
    const text = query.toString()
    startTransition(() => router.push(text ? `${action}?${text}` : action, { scroll: !isPart }))
  }
  return (
    <form className="filters" method="get" action={action} aria-label={label} onSubmit={submit}>
      {children}
      <div className="filters-end">
        <Button type="submit" isBusy={isPending}>
          {verb ?? t('filter')}
        </Button>
        {isFiltered && (
          <Link className="quiet" href={action} prefetch={false} scroll={!isPart}>
            {t('clearFilters')}
          </Link>
        )}
      </div>
    </form>
  )
}
