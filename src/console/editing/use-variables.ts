'use client'
/** A scenario's variables with what they mean and a value to look at. */
import { useMemo } from 'react'
import { entryOf } from '#channels/storable.ts'
import { useDynamicWords } from '../ui/dynamic-words.ts'

export function useVariables(names: readonly string[], values: Record<string, string>) {
  const words = useDynamicWords('Variable')
  return useMemo(
    () => names.map((name) => ({ name, description: words.find(name), sample: entryOf(values, name) ?? '' })),
    [names, values, words.find],
  )
}
