/** The words, time zone and clock of one request: from cookies, else as the person has set it or the browser asks for. */
import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import type { LeftOut, PartFault, RemarkCode } from '#channels/approval.ts'
import type { ChannelId } from '#channels/traits.ts'
import type { permissionsOf } from '#domain/base/access.ts'
import type { AuditKey } from '#domain/base/audit.ts'
import type { RuleFault, TemplateFault, WordedReason } from '#domain/base/codes.ts'
import type { DomainErrorCode } from '#domain/base/errors.ts'
import type { MessageRow } from '#domain/sending/log/log.ts'
import type en from '../../../messages/en.json'
import { ownLanguage } from '../trpc/server.tsx'
import { isLocale, knownZone, type Locale, localeCookie, preferredLocale, zoneCookie } from './locale.ts'

type AllOf<Each> = (Each extends unknown ? (each: Each) => void : never) extends (all: infer All) => void ? All : never

type AllWords = typeof en & AllOf<VendorWords[keyof VendorWords]>

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: AllWords
  }
}

type Words = Record<string, Record<string, string>>

/**
 * Vendors have words of their own, in their folders: whoever adds one has nothing to add here. The whole module is asked for: of
 * one that is asked for its default only, Turbopack 16.4 gives the default another name and does not find it.
 */
const byVendor: Record<Locale, Record<string, () => Promise<{ default: Words }>>> = {
  en: import.meta.glob<{ default: Words }>('../../providers/*/words/en.json'),
  'zh-CN': import.meta.glob<{ default: Words }>('../../providers/*/words/zh-CN.json'),
}

async function wordsOf(locale: Locale): Promise<Words> {
  const files = await Promise.all<{ default: Words }>([
    locale === 'zh-CN' ? import('../../../messages/zh-CN.json') : import('../../../messages/en.json'),
    ...Object.values(byVendor[locale]).map((load) => load()),
  ])
  const all: Words = {}
  for (const file of files) {
    for (const [name, words] of Object.entries(file.default)) all[name] = { ...all[name], ...words }
  }
  return all
}

const merged = new Map<Locale, Promise<Words>>()
/** Put together once. */
function allWords(locale: Locale): Promise<Words> {
  const known = merged.get(locale) ?? wordsOf(locale)
  merged.set(locale, known)
  return known
}

export default getRequestConfig(async () => {
  const jar = await cookies()
  const chosen = jar.get(localeCookie)?.value ?? (await ownLanguage())
  const locale = isLocale(chosen) ? chosen : preferredLocale((await headers()).get('accept-language'))
  return {
    locale,
    messages: await allWords(locale),
    timeZone: knownZone(jar.get(zoneCookie)?.value),
    now: new Date(),
  }
})

/** A code without words is a type error: what it names is no key. */
type Worded<Name extends keyof AllWords, Code extends keyof AllWords[Name]> = Code
export type Told =
  | Worded<'Error', DomainErrorCode | 'internal' | 'unreachable'>
  | Worded<'Reason', WordedReason | RemarkCode>
  | Worded<'Reason', `${TemplateFault | RuleFault}Hint`>
  | Worded<'Problem', PartFault | LeftOut>
  | Worded<'Audit', AuditKey>
  | Worded<'Status', MessageRow['status']>
  | Worded<'Shell', `role_${Parameters<typeof permissionsOf>[0]}` | `channel_${ChannelId}`>
