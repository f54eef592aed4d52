'use client'
/**
 * The mail as it looks, in a frame that can do nothing. The frame is as tall as the mail, and what scrolls is the place
 * around it, so that a new drawing keeps the place where the reader is. A browser tells the mail's height only if it
 * knows `frame-sizing`; for any other the height is guessed, on the tall side.
 */
import { useEffect, useRef, useState } from 'react'
import type { ContentStore } from '../content-store.ts'
import { type FramePair, openFramePair } from './frame-pair.ts'

type Props = {
  content: ContentStore
  /** The document to show for the content as it is now; another function means that it changed. */
  makeDocument: () => string
  title: string
  /** Names the place that scrolls. */
  label: string
  /** Of the mail program's window, in pixels; as wide as there is room unless said. */
  width?: number
  showsRemoteImages: boolean
  onDrawn?: () => void
}

/** Longer documents are not part of the page's first HTML. */
const longestFirst = 100_000

/** At least the height of a mail, from how much there is of it. */
const guessHeight = (html: string) => 600 + Math.round(html.length / 8)

export function PreviewFrame({ content, makeDocument, title, label, width, showsRemoteImages, onDrawn }: Props) {
  const first = useRef<HTMLIFrameElement>(null)
  const second = useRef<HTMLIFrameElement>(null)
  const place = useRef<HTMLElement>(null)
  const pair = useRef<FramePair>(undefined)
  const now = useRef({ makeDocument, showsRemoteImages, onDrawn })
  const [initial] = useState(() => (content.get().html.length <= longestFirst ? makeDocument() : ''))

  useEffect(() => {
    if (!first.current || !second.current || !place.current) return
    const knowsHeight = CSS.supports('frame-sizing', 'content-height')
    const scrolling = place.current
    const opened = openFramePair(first.current, second.current, {
      makeDocument: () => {
        if (!knowsHeight) scrolling.style.setProperty('--guessed', `${guessHeight(content.get().html)}px`)
        return now.current.makeDocument()
      },
      patience: () => (now.current.showsRemoteImages ? 250 : 4000),
      title,
      // Of a frame in the page's first HTML a browser tells no height: it is drawn once more.
      initial: knowsHeight ? '' : initial,
      takesHeight: knowsHeight,
      onDrawn: () => now.current.onDrawn?.(),
    })
    pair.current = opened
    const unsubscribe = content.subscribe(opened.refresh)
    return () => {
      unsubscribe()
      opened.close()
      pair.current = undefined
    }
  }, [content, title, initial])

  useEffect(() => {
    now.current = { makeDocument, showsRemoteImages, onDrawn }
    pair.current?.refresh()
  }, [makeDocument, showsRemoteImages, onDrawn])

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section ref={place} className="preview-place" aria-label={label} tabIndex={0}>
      <div className="preview-frames" style={width ? { width } : undefined}>
        <iframe ref={first} title={title} sandbox="" srcDoc={initial || undefined} data-front="" />
        {/* biome-ignore lint/a11y/useIframeTitle: out of everybody's reach until it comes forward, and then named */}
        <iframe ref={second} sandbox="" inert />
      </div>
    </section>
  )
}
