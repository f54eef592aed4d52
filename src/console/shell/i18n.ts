/** The words, time zone and clock of one request: from cookies, else as the person has set it or the browser asks for. */
import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import type { RemarkCode } from '#channels/approval.ts'
import type { Stage } from '#channels/contract.ts'
import type { FieldType } from '#channels/official-account/fields.ts'
import type { ChannelId } from '#channels/traits.ts'
import type { VendorCause } from '#channels/vendor-codes.ts'
import type { permissionsOf } from '#domain/base/access.ts'
import type { AuditKey } from '#domain/base/audit.ts'
import type { OutcomeCode, ProblemCode, RuleFault, TemplateFault, WordedReason } from '#domain/base/codes.ts'
import type { DomainErrorCode } from '#domain/base/errors.ts'
import type { PushRuleRow } from '#domain/push-rules/push-rules.ts'
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
/** And so are words of ours that no code has. */
type Unsaid<Name extends keyof typeof en, Code extends string> = Exclude<keyof (typeof en)[Name], Code | `${Code}Hint`>
type None<Words extends never> = Words

type Nearest = 'unknown_variable_nearest' | 'misspelt_variable_nearest'
type ErrorCode = DomainErrorCode | 'internal' | 'unavailable' | 'unreachable'

export type Leftover = None<
  | Unsaid<'Problem', ProblemCode | Nearest>
  | Unsaid<'Outcome', OutcomeCode>
  | Unsaid<'Reason', WordedReason | RemarkCode | 'carrierName'>
  | Unsaid<'Error', ErrorCode>
>
export type Told =
  | Worded<'Error', ErrorCode>
  | Worded<'Reason', WordedReason | RemarkCode>
  | Worded<'Reason', `${TemplateFault | RuleFault}Hint`>
  | Worded<'Problem', ProblemCode | Nearest>
  | Worded<'Outcome', OutcomeCode>
  | Worded<'Stage', Stage>
  | Worded<'PushRule', `type_${FieldType}`>
  | Worded<'PushRules', `state_${PushRuleRow['state']}`>
  | Worded<'Cause', `${VendorCause}Hint`>
  | Worded<'Audit', AuditKey>
  | Worded<'Status', MessageRow['status']>
  | Worded<'Shell', `role_${Parameters<typeof permissionsOf>[0]}` | `channel_${ChannelId}`>
