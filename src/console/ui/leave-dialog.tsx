'use client'
/** Asks before somebody leaves with unsaved changes. Uses the words `Form`. */
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { ConfirmDialog } from './confirm-dialog.tsx'

/** @param intro what becomes of the changes; that they are not saved, unless said */
export function LeaveDialog({ isChanged, intro }: { isChanged: boolean; intro?: string }) {
  const t = useTranslations('Form')
  const { isAsking, stay, leave } = useLeaveGuard(isChanged)
  return (
    <ConfirmDialog
      isOpen={isAsking}
      onClose={stay}
      title={t('leaveTitle')}
      intro={intro ?? t('unsaved')}
      verb={t('leaveVerb')}
      onConfirm={async () => {
        leave()
        return undefined
      }}
    />
  )
}

/** The part of the browser's Navigation API that is used here. */
type Traversal = Event & { navigationType: string; destination: { key: string } }
type Navigation = EventTarget & { traverseTo(key: string): { finished: Promise<unknown> } }

const navigationOf = (): Navigation | undefined =>
  'navigation' in window ? (window.navigation as Navigation) : undefined

/** Where a plain click on a link to another page of this site leads; undefined for every other click. */
function linkOf(event: MouseEvent): string | undefined {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link?.href || link.target || link.origin !== location.origin) return undefined
  const isHere = link.pathname === location.pathname && link.search === location.search
  return link.hash && isHere ? undefined : link.pathname + link.search + link.hash
}

/**
 * Keeps somebody from leaving with unsaved changes unasked: by a link, by the browser's back and forward, by closing or
 * reloading. `leave` goes where they were going.
 */
function useLeaveGuard(isChanged: boolean) {
  const router = useRouter()
  const [isAsking, setAsking] = useState(false)
  const go = useRef<() => void>(() => undefined)
  const isLeaving = useRef(false)

  useEffect(() => {
    if (!isChanged) return
    const ask = (event: Event, then: () => void) => {
      event.preventDefault()
      event.stopPropagation()
      go.current = then
      setAsking(true)
    }
    const onClick = (event: MouseEvent) => {
      const href = linkOf(event)
      if (href !== undefined) ask(event, () => router.push(href))
    }
    const onTraverse = (event: Event) => {
      const { navigationType, destination, cancelable } = event as Traversal
      if (navigationType !== 'traverse' || !cancelable || isLeaving.current) return
      ask(event, () => navigationOf()?.traverseTo(destination.key))
    }
    const onUnload = (event: BeforeUnloadEvent) => {
      if (!isLeaving.current) event.preventDefault()
    }
    document.addEventListener('click', onClick, { capture: true })
    window.addEventListener('beforeunload', onUnload)
    navigationOf()?.addEventListener('navigate', onTraverse)
    return () => {
      document.removeEventListener('click', onClick, { capture: true })
      window.removeEventListener('beforeunload', onUnload)
      navigationOf()?.removeEventListener('navigate', onTraverse)
    }
  }, [isChanged, router])

  const leave = () => {
    isLeaving.current = true
    go.current()
  }
  return { isAsking, stay: () => setAsking(false), leave }
}
