'use client'
/** Changes the language of the console: remembered, and shown at once without losing the page. */
import { useRouter } from 'next/navigation'
import { type Locale, localeCookie } from './locale.ts'
import { rememberChoice } from './remember-choice.ts'

export function useLocaleChoice(): (locale: Locale) => void {
  const router = useRouter()
  return (locale) => {
    rememberChoice(localeCookie, locale)
    router.refresh()
  }
}
