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
  /**
   * The document to show for the content as it is now, of which what begins after so many characters may be left out; another
   * function means that it changed.
   */
  makeDocument: (upTo: number) => string
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
/** Besides its share of the height, the part in view may take so much of the source: so many characters, so many times. */
const spare = { characters: 6_000, times: 1.5 }

/** How many characters of a mail reach to the end of what is in view, with room to spare; all of it where little is left out. */
function reachOf(place: HTMLElement, html: string): number {
  const start = Math.max(html.indexOf('<body'), 0)
  const seen = (place.scrollTop + place.clientHeight) / place.scrollHeight
  const reach = start + spare.characters + spare.times * seen * (html.length - start)
  return reach < 0.7 * html.length ? reach : Number.POSITIVE_INFINITY
}

/** At least the height of a mail, from how much there is of it. */
const guessHeight = (length: number) => 600 + Math.round(length / 8)

export function PreviewFrame({ content, makeDocument, title, label, width, showsRemoteImages, onDrawn }: Props) {
  const first = useRef<HTMLIFrameElement>(null)
  const second = useRef<HTMLIFrameElement>(null)
  const place = useRef<HTMLElement>(null)
  const pair = useRef<FramePair>(undefined)
  const now = useRef({ makeDocument, showsRemoteImages, onDrawn })
  const [initial] = useState(() =>
    content.get().html.length <= longestFirst ? makeDocument(Number.POSITIVE_INFINITY) : '',
  )

  useEffect(() => {
    if (!first.current || !second.current || !place.current) return
    const knowsHeight = CSS.supports('frame-sizing', 'content-height')
    const scrolling = place.current
    const frames = first.current.parentElement as HTMLElement
    const opened = openFramePair(first.current, second.current, {
      makeDocument: (part) => {
        const { html } = content.get()
        if (!knowsHeight) scrolling.style.setProperty('--guessed', `${guessHeight(html.length)}px`)
        const upTo = part === 'whole' ? Number.POSITIVE_INFINITY : reachOf(scrolling, html)
        return { html: now.current.makeDocument(upTo), isWhole: upTo > html.length }
      },
      // Who scrolls down before the rest is drawn finds the place as long as it was.
      onForward: (isWhole) => {
        const { style, offsetHeight } = frames
        style.minHeight = isWhole ? '' : `${offsetHeight}px`
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
