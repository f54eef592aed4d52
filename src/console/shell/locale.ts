/** Which languages and time zones the console speaks, and how a browser's choice is remembered. */
export const locales = ['en', 'zh-CN'] as const
export type Locale = (typeof locales)[number]

/** Each language under its own name, as the language menu lists them. */
export const localeNames: Record<Locale, string> = { en: 'English', 'zh-CN': '简体中文' }

export const localeCookie = 'locale'
export const zoneCookie = 'tz'

export const isLocale = (value: string | undefined): value is Locale => locales.some((locale) => locale === value)

/** The first language of an Accept-Language header that the console speaks; any Chinese counts as Simplified. */
export function preferredLocale(acceptLanguage: string | null): Locale {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';')
      const quality = rest.map((item) => item.trim()).find((item) => item.startsWith('q='))
      return { language: tag.split('-')[0], quality: quality ? Number(quality.slice(2)) || 0 : 1 }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { language } of wanted) {
    if (language === 'zh') return 'zh-CN'
    if (language === 'en') return 'en'
  }
  return 'en'
}

/** A time zone name that this runtime knows, or UTC. */
export function knownZone(name: string | undefined): string {
  if (!name) return 'UTC'
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}
