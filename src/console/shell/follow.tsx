'use client'
/** Keeps what the server has drawn up to date: when a person comes back to the page, and while something is under way. */
import { useRouter } from 'next/navigation'
import { startTransition, useCallback, useEffect } from 'react'
import { whenReturned } from '../trpc/client.tsx'

/**
 * Draws the page anew from the server. Not while nobody answers: the router would leave the page for the browser's own error.
 */
function useRedraw(): () => Promise<void> {
  const router = useRouter()
  return useCallback(async () => {
    const health = await fetch('/api/health', { cache: 'no-store' }).catch(() => undefined)
    if (health?.ok) startTransition(() => router.refresh())
  }, [router])
}

const everyMs = 2000
const longestMs = 60_000

/** @param isUnderWay asks again every two seconds, for a minute at most, while somebody looks */
export function Follow({ isUnderWay = false }: { isUnderWay?: boolean }) {
  const redraw = useRedraw()
  useEffect(() => whenReturned(redraw), [redraw])
  useEffect(() => {
    if (!isUnderWay) return
    const started = Date.now()
    const timer = setInterval(() => {
      if (Date.now() - started > longestMs) clearInterval(timer)
      else if (!document.hidden) redraw()
    }, everyMs)
    return () => clearInterval(timer)
  }, [isUnderWay, redraw])
  return null
}
