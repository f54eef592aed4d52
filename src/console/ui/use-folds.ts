'use client'
/** Which rows of a list are unfolded, by the ids of what they show. */
import { useId, useState } from 'react'

export type Fold = {
  isOpen: boolean
  onToggle: () => void
  /** Of what is unfolded. */
  detailsId: string
}

export type Folds = { of: (key: string) => Fold; unfold: (key: string) => void }

export function useFolds(): Folds {
  const id = useId()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const set = (key: string, isOpen: boolean) =>
    setOpen((before) => new Set(isOpen ? [...before, key] : [...before].filter((other) => other !== key)))
  return {
    of: (key) => ({
      isOpen: open.has(key),
      onToggle: () => set(key, !open.has(key)),
      detailsId: `${id}-${key}`,
    }),
    unfold: (key) => set(key, true),
  }
}
