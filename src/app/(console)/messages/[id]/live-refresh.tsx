'use client'
/** Follows a message that is under way: asks again every two seconds, for a minute at most, while somebody looks. */
import { useRouter } from 'next/navigation'
import { startTransition, useEffect } from 'react'

const everyMs = 2000
const longestMs = 60_000

export function LiveRefresh({ isFinal }: { isFinal: boolean }) {
  const router = useRouter()
  useEffect(() => {
    if (isFinal) return
    const started = Date.now()
    const timer = setInterval(() => {
      if (Date.now() - started > longestMs) clearInterval(timer)
      else if (!document.hidden) startTransition(() => router.refresh())
    }, everyMs)
    return () => clearInterval(timer)
  }, [isFinal, router])
  return null
}
