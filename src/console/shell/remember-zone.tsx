'use client'
/** Tells the server the reader's time zone once, so that every later page has the right times in its first HTML. */
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { zoneCookie } from './locale.ts'
import { rememberChoice } from './remember-choice.ts'

export function RememberZone({ zone }: { zone: string }) {
  const router = useRouter()
  useEffect(() => {
    const actual = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (!actual || actual === zone) return
    rememberChoice(zoneCookie, actual)
    router.refresh()
  }, [zone, router])
  return null
}
