/** Words whose key is data: a field's label, a cause, a stage. Works in server and client components alike. */
import { useTranslations } from 'next-intl'
import type { Namespace } from './words.tsx'

export type DynamicWords = {
  (key: string, values?: Record<string, string | number | Date>): string
  /** The words of the key, or undefined where there are none. */
  find(key: string, values?: Record<string, string | number | Date>): string | undefined
}

/** The keys under which a provider's words for a key may stand: its own, its vendor's, those of all. */
const keysFor = (key: string, provider: string | undefined): string[] =>
  provider ? [`${key}_${provider}`, `${key}_${provider.split('-', 1)[0]}`, key] : [key]

/**
 * The words of a namespace by keys that the type checker cannot know; a missing one shows the key itself.
 * @param provider whose own words come before those that hold for all
 */
export function useDynamicWords(namespace: Namespace, provider?: string): DynamicWords {
  const words = asDynamic(useTranslations(namespace))
  const find: DynamicWords['find'] = (key, values) => {
    const known = keysFor(key, provider).find((candidate) => words.has(candidate))
    return known && words(known, values)
  }
  return Object.assign((key: string, values?: Record<string, string | number | Date>) => find(key, values) ?? key, {
    find,
  })
}

type AnyKeyTranslator = {
  (key: string, values?: Record<string, string | number | Date>): string
  has(key: string): boolean
}

/** The translator takes only keys it knows; here the key comes from stored data and `has` is asked first. */
const asDynamic = (translator: unknown) => translator as AnyKeyTranslator
