/** The words, time zone and clock of one request: from cookies, else as the person has set it or the browser asks for. */
import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import type en from '../../../messages/en.json'
import { ownLanguage } from '../trpc/server.tsx'
import { isLocale, knownZone, type Locale, localeCookie, preferredLocale, zoneCookie } from './locale.ts'

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: typeof en
  }
}

export default getRequestConfig(async () => {
  const jar = await cookies()
  const chosen = jar.get(localeCookie)?.value ?? (await ownLanguage())
  const locale = isLocale(chosen) ? chosen : preferredLocale((await headers()).get('accept-language'))
  const messages: { default: typeof en } =
    locale === 'zh-CN' ? await import('../../../messages/zh-CN.json') : await import('../../../messages/en.json')
  return {
    locale,
    messages: messages.default,
    timeZone: knownZone(jar.get(zoneCookie)?.value),
    now: new Date(),
  }
})
