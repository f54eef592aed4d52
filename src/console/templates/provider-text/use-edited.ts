'use client'
/** What is typed into the form of a template, and whether the default stands in for it. */
import { useMemo, useRef, useState } from 'react'
import type { Edited } from '#console/editing/edited.ts'

export function useEdited<Content>(start: { content: Content; fallBack: boolean }, asSent: (of: Content) => Content) {
  const [now, setNow] = useState(start)
  const latest = useRef(start)
  return useMemo(() => {
    const put = (next: Partial<typeof start>) => {
      latest.current = { ...latest.current, ...next }
      setNow(latest.current)
    }
    const store: Edited<Content> = {
      get: () => asSent(latest.current.content),
      replace: (content, fallBack) => put(fallBack === undefined ? { content } : { content, fallBack }),
    }
    return {
      ...now,
      store,
      /** Of the moment of the call, not of the drawing. */
      fallsBack: () => latest.current.fallBack,
      change: (content: Content) => put({ content }),
      setFallBack: (fallBack: boolean) => put({ fallBack }),
    }
  }, [now, asSent])
}
