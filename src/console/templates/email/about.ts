/** Where a template stands: of which scenario, App and language. */
import { localeNames, locales } from '#console/shell/locale.ts'
import type { Variant } from '#domain/templates/reading.ts'
import type { AppName } from '../list/chosen-app.ts'
import { templateAddress } from '../list/template-address.ts'

export type EmailTemplateKey = { channel: 'email'; scenario: string; appId: string | null; locale: string | null }

export type About = { templateKey: EmailTemplateKey; apps: readonly AppName[]; app: AppName | null }

export const isLanguage = (text: unknown): text is string =>
  typeof text === 'string' && /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/.test(text)

/** The languages to choose from: those of the console, and any that something is stored in. */
export const languagesOf = (variants: readonly Variant[], { locale }: EmailTemplateKey): string[] => [
  ...new Set([...locales, ...variants.flatMap((variant) => variant.locale ?? []), ...(locale ? [locale] : [])]),
]

const named: Record<string, string> = localeNames
/** A language under its own name, or by its code. */
export const languageName = (locale: string): string => named[locale] ?? locale

export function emailTemplateAddress(scenario: string, app: AppName | null, locale: string | null): string {
  const address = templateAddress('email', scenario, app)
  return locale ? `${address}${app ? '&' : '?'}locale=${encodeURIComponent(locale)}` : address
}
