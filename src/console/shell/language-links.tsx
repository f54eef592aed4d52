'use client'
/** The languages by their own names; choosing one changes the page in place. */
import { useLocale } from 'next-intl'
import { localeNames, locales } from './locale.ts'
import { useLocaleChoice } from './use-locale-choice.ts'

export function LanguageLinks() {
  const current = useLocale()
  const choose = useLocaleChoice()
  return (
    <div className="alone-end">
      {locales.map((locale) => (
        <button
          key={locale}
          type="button"
          className="quiet"
          lang={locale}
          aria-pressed={locale === current}
          onClick={() => choose(locale)}
        >
          {localeNames[locale]}
        </button>
      ))}
    </div>
  )
}
