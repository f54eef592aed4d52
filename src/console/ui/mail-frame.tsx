'use client'
/**
 * A mail as it looks, drawn so that nothing in it can touch the console. One frame is kept for as long as it stands on
 * the page: what changes in the mail is changed in its tree, so that place, selection and loaded pictures stay, nothing
 * flashes and the browser's history gets no entry.
 *
 * Three things keep it harmless whatever the mail says: the frame's `sandbox` without `allow-scripts` (nothing runs, no
 * form is sent, no window opens, the page around it stays), the policy in its first document (nothing is loaded, pictures
 * aside), and the page's own policy, which the frame inherits (`frame-src 'none'`). `allow-same-origin` lets the page
 * reach into the frame, and only where scripts run would it let the frame reach out. What `mailTree` does comes on top.
 */
import morphdom from 'morphdom'
import { useEffect, useRef, useState } from 'react'
import { documentNonce } from './document-nonce.ts'
import { type MailLook, mailTree } from './mail-tree.ts'

type Props = {
  title: string
  /** The mail, or what makes it as it is now. Another one means that it changed. */
  mail: MailLook | (() => MailLook)
  /** Says when the mail changes between two functions. */
  subscribe?: (listener: () => void) => () => void
  /** Whether pictures are loaded from where the mail says. Otherwise nothing is. */
  showsRemoteImages?: boolean
  className?: string
}

const policy = (showsRemoteImages: boolean) =>
  `default-src 'none'; img-src data:${showsRemoteImages ? ' https:' : ''}; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'`

const shell = (showsRemoteImages: boolean) =>
  `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy(showsRemoteImages)}">` +
  '<meta http-equiv="x-dns-prefetch-control" content="off"><meta name="referrer" content="no-referrer">'

/** After a drawing that took longer, in milliseconds, typing goes on for as long again before the next. */
const slow = 40

/** What would lead the frame away, or out of the page. A link followed anyway leaves an empty frame, which is made anew. */
const leading = ['click', 'auxclick', 'submit', 'dragover', 'drop']
const stop = (event: Event) => event.preventDefault()

/** The frame's document, once it is the one that it was made with. */
function documentOf(frame: HTMLIFrameElement): Document | undefined {
  const inside = frame.contentDocument
  return inside?.URL === 'about:srcdoc' && inside.readyState !== 'loading' ? inside : undefined
}

function openDrawing(frame: HTMLIFrameElement, mail: () => MailLook, onLedAway: () => void) {
  let inside: Document | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let frameRequest = 0
  let took = 0
  const draw = () => {
    frameRequest = 0
    if (!inside) return
    const startedAt = performance.now()
    morphdom(inside.documentElement, mailTree(mail(), documentNonce()), {
      getNodeKey: () => undefined,
      onBeforeElUpdated: (now, next) => !now.isEqualNode(next),
    })
    took = performance.now() - startedAt
  }
  const drawInNextFrame = () => {
    timer = undefined
    frameRequest = requestAnimationFrame(draw)
  }
  const refresh = () => {
    if (frameRequest || timer) return
    if (took > slow) timer = setTimeout(drawInNextFrame, took)
    else drawInNextFrame()
  }
  /** Begins in the document that the frame was made with; any other than that means that it was led away. */
  const begin = () => {
    const found = documentOf(frame)
    if (found === inside) return
    if (!found) return onLedAway()
    inside = found
    for (const name of leading) inside.addEventListener(name, stop, { capture: true })
    draw()
  }
  frame.addEventListener('load', begin)
  begin()
  return {
    refresh,
    close() {
      frame.removeEventListener('load', begin)
      clearTimeout(timer)
      cancelAnimationFrame(frameRequest)
    },
  }
}

export function MailFrame({ title, mail, subscribe, showsRemoteImages = false, className }: Props) {
  const frame = useRef<HTMLIFrameElement>(null)
  const latest = useRef(mail)
  const refresh = useRef<() => void>(undefined)
  /** Counts the frames that were led away. */
  const [lost, setLost] = useState(0)
  const frameKey = `${showsRemoteImages} ${lost}`

  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is another frame
  useEffect(() => {
    if (!frame.current) return
    const drawing = openDrawing(
      frame.current,
      () => (typeof latest.current === 'function' ? latest.current() : latest.current),
      () => setLost((count) => count + 1),
    )
    refresh.current = drawing.refresh
    const unsubscribe = subscribe?.(drawing.refresh)
    return () => {
      unsubscribe?.()
      drawing.close()
    }
  }, [subscribe, frameKey])
  useEffect(() => {
    if (latest.current === mail) return
    latest.current = mail
    refresh.current?.()
  }, [mail])

  return (
    <iframe
      key={frameKey}
      ref={frame}
      className={className}
      title={title}
      sandbox="allow-same-origin"
      srcDoc={shell(showsRemoteImages)}
    />
  )
}
