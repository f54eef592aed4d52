/** Where a template stands: of which scenario, App and language; and which one is used where none stands. */

import { localeNames, locales } from '#console/shell/locale.ts'
import type { VariantView } from '#domain/templates/templates.ts'
import type { AppName } from '../list/chosen-app.ts'
import { templateAddress } from '../list/template-address.ts'

export type Place = { channel: 'email'; scenario: string; appId: string | null; locale: string | null }

export type About = { place: Place; apps: readonly AppName[]; app: AppName | null; appLanguage: string | null }

/** One stored language of a template. */
export type Variant = Pick<VariantView, 'appId' | 'locale'>

export const isLanguage = (text: unknown): text is string =>
  typeof text === 'string' && /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/.test(text)

/**
 * The variant that a send is made from, in the order of the delivery: the App's in the language asked for (`en-GB`, then
 * `en`), in the App's language, its base; then the default in the language asked for, and its base.
 */
export function variantUsed<V extends Variant>(
  variants: readonly V[],
  { appId, locale }: Variant,
  appLanguage: string | null,
): V | undefined {
  const asked = locale ?? appLanguage
  const wanted = (ofApp: boolean) => [asked, asked?.split('-')[0], ...(ofApp ? [appLanguage] : []), null]
  for (const owner of appId ? [appId, null] : [null]) {
    for (const language of wanted(owner !== null)) {
      const found = variants.find((variant) => variant.appId === owner && variant.locale === (language ?? null))
      // Without a language asked for, only what ends in `null` is the base.
      if (found && language !== undefined) return found
    }
  }
  return undefined
}

/** What would be used if nothing stood at the place, and what the place is written over: the default, or its base. */
export function placesBeside(variants: readonly Variant[], place: Place, appLanguage: string | null) {
  const others = variants.filter(({ appId, locale }) => appId !== place.appId || locale !== place.locale)
  const placeOf = (variant: Variant | undefined): Place | null =>
    variant ? { ...place, appId: variant.appId, locale: variant.locale } : null
  return {
    instead: placeOf(variantUsed(others, place, appLanguage)),
    underneath: placeOf(variantUsed(others, { appId: null, locale: place.locale }, place.appId ? appLanguage : null)),
  }
}

/** The languages to choose from: those of the console, and any that something is stored in. */
export const languagesOf = (variants: readonly Variant[], { locale }: Place): string[] => [
  ...new Set([...locales, ...variants.flatMap((variant) => variant.locale ?? []), ...(locale ? [locale] : [])]),
]

const named: Record<string, string> = localeNames
/** A language under its own name, or by its code. */
export const languageName = (locale: string): string => named[locale] ?? locale

export function placeAddress(scenario: string, app: AppName | null, locale: string | null): string {
  const address = templateAddress('email', scenario, app)
  return locale ? `${address}${app ? '&' : '?'}locale=${encodeURIComponent(locale)}` : address
}
