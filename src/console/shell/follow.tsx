'use client'
/** Keeps what the server has drawn up to date: when a person comes back to the page, and while something is under way. */
import { useRouter } from 'next/navigation'
import { startTransition, useCallback, useEffect } from 'react'
import { whenReturned } from '../trpc/client.tsx'

/**
 * Draws the page anew from the server. Not while nobody answers: the router would leave the page for the browser's own error.
 */
export function useRedraw(): () => Promise<void> {
  const router = useRouter()
  return useCallback(async () => {
    const health = await fetch('/api/health', { cache: 'no-store' }).catch(() => undefined)
    if (health?.ok) startTransition(() => router.refresh())
  }, [router])
}

const everyMs = 2000
const quickForMs = 60_000
const slowlyEveryMs = 15_000

/** @param isUnderWay asks again while somebody looks: every two seconds for a minute, then less often */
export function Follow({ isUnderWay = false }: { isUnderWay?: boolean }) {
  const redraw = useRedraw()
  useEffect(() => whenReturned(redraw), [redraw])
  useEffect(() => {
    if (!isUnderWay) return
    const started = Date.now()
    let timer: ReturnType<typeof setTimeout>
    const wait = () => {
      timer = setTimeout(
        () => {
          if (!document.hidden) redraw()
          wait()
        },
        Date.now() - started < quickForMs ? everyMs : slowlyEveryMs,
      )
    }
    wait()
    return () => clearTimeout(timer)
  }, [isUnderWay, redraw])
  return null
}
