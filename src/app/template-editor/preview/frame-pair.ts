/**
 * Two frames in one place, drawn in turn: the new document loads behind the one that is shown and comes forward when it
 * is there, so nothing flickers. Documents are asked for when a frame is free, never queued: fast typing skips some. Of a
 * long document what is in view follows typing, and the rest of it as soon as typing pauses.
 */
type Options = {
  /** The document to show now; asked again for every drawing. `inView` may leave out what stands below the view. */
  makeDocument: (part: 'inView' | 'whole') => { html: string; isWhole: boolean }
  /** Called before a document comes forward: `isWhole` is false while the rest of it is still to be drawn. */
  onForward: (isWhole: boolean) => void
  /** How long a document may keep the last one in view, in milliseconds: remote images can take any time. */
  patience: () => number
  /** Names the frame that is shown. */
  title: string
  /** What the first frame shows already. */
  initial: string
  /** Whether the frames take their height from their documents, so that it must be taken anew to become less. */
  takesHeight: boolean
  onDrawn: () => void
}

export type FramePair = {
  /** Says that the document changed. */
  refresh(): void
  close(): void
}

/** After a document that took longer than this, typing goes on for as long again before the next is drawn. */
const slow = 250
/** How long after the last drawing the rest of the document is drawn, and how long after it the height is taken anew. */
const rest = { ofDocument: 300, height: 600 }

export function openFramePair(first: HTMLIFrameElement, second: HTMLIFrameElement, options: Options): FramePair {
  let front = first
  let back = second
  let shown = options.initial
  let isStale = false
  let isLoading = false
  /** The whole document is drawn without having changed. */
  let isFinishing = false
  let isWhole = true
  /** What is being finished is the rest of a long document, and not only its height. */
  let mayGiveWay = false
  let startedAt = 0
  let tookLast = 0
  const timers: Record<'patience' | 'pause' | 'rest', ReturnType<typeof setTimeout> | undefined> = {
    patience: undefined,
    pause: undefined,
    rest: undefined,
  }
  /** Frames whose load is ours; any other means that a link was followed to where nothing may be shown. */
  const awaited = new Set<HTMLIFrameElement>([first])

  const bringForward = () => {
    clearTimeout(timers.patience)
    if (!isLoading) return
    isLoading = false
    options.onForward(isWhole)
    ;[front, back] = [back, front]
    show(front, back, options.title)
    clearTimeout(timers.rest)
    if (!isFinishing) {
      tookLast = performance.now() - startedAt
      options.onDrawn()
    }
    if (!isWhole) timers.rest = setTimeout(finish, rest.ofDocument)
    else if (options.takesHeight && (!isFinishing || mayGiveWay)) timers.rest = setTimeout(finish, rest.height)
    isFinishing = false
    if (isStale) refresh()
  }
  const draw = (next: { html: string; isWhole: boolean }) => {
    isStale = false
    isLoading = true
    startedAt = performance.now()
    awaited.add(back)
    shown = next.html
    isWhole = next.isWhole
    back.toggleAttribute('data-measuring', isFinishing && !mayGiveWay && options.takesHeight)
    back.srcdoc = shown
    clearTimeout(timers.patience)
    timers.patience = setTimeout(bringForward, options.patience())
  }
  /** A document is never said to be lower than its frame: the frame is made low for one drawing of what is shown. */
  const finish = () => {
    if (isLoading || isStale || timers.pause !== undefined) return
    isFinishing = true
    mayGiveWay = !isWhole
    draw(options.makeDocument('whole'))
  }
  const drawNow = () => {
    timers.pause = undefined
    const next = options.makeDocument('inView')
    isStale = false
    if (next.html === shown) return
    isFinishing = false
    draw(next)
  }
  const refresh = () => {
    isStale = true
    // The rest of a long document gives way to what was typed: its frame is given the new document at once.
    if ((isLoading && !(isFinishing && mayGiveWay)) || timers.pause !== undefined) return
    if (tookLast <= slow) drawNow()
    else timers.pause = setTimeout(drawNow, Math.min(tookLast, 1000))
  }
  const onLoad = (event: Event) => {
    const frame = event.currentTarget as HTMLIFrameElement
    const isOurs = awaited.delete(frame)
    if (isOurs && frame === back && isLoading) {
      if (!frame.hasAttribute('data-measuring')) return bringForward()
      frame.removeAttribute('data-measuring')
      const measured = shown
      requestAnimationFrame(() => requestAnimationFrame(() => measured === shown && bringForward()))
    } else if (!isOurs && frame === front && shown && !isLoading) draw({ html: shown, isWhole })
  }
  for (const frame of [first, second]) frame.addEventListener('load', onLoad)
  show(front, back, options.title)
  return {
    refresh,
    close() {
      for (const timer of Object.values(timers)) clearTimeout(timer)
      for (const frame of [first, second]) frame.removeEventListener('load', onLoad)
    },
  }
}

/** Only the frame in front is there for keyboard, screen reader and name. */
function show(front: HTMLIFrameElement, back: HTMLIFrameElement, title: string): void {
  front.title = title
  back.removeAttribute('title')
  front.inert = false
  back.inert = true
  front.toggleAttribute('data-front', true)
  back.removeAttribute('data-front')
  front.removeAttribute('data-measuring')
}
