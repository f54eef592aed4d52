/**
 * Two frames in one place, drawn in turn: the new document loads behind the one that is shown and comes forward when it
 * is there, so nothing flickers. Documents are asked for when a frame is free, never queued: fast typing skips some.
 */
type Options = {
  /** The document to show now; asked again for every drawing. */
  makeDocument: () => string
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
/** How long after the last drawing the height is taken anew. */
const rest = 600

export function openFramePair(first: HTMLIFrameElement, second: HTMLIFrameElement, options: Options): FramePair {
  let front = first
  let back = second
  let shown = options.initial
  let isStale = false
  let isLoading = false
  let isMeasuring = false
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
    ;[front, back] = [back, front]
    show(front, back, options.title)
    clearTimeout(timers.rest)
    if (isMeasuring) isMeasuring = false
    else {
      tookLast = performance.now() - startedAt
      options.onDrawn()
      if (options.takesHeight) timers.rest = setTimeout(measure, rest)
    }
    if (isStale) refresh()
  }
  const draw = (html: string) => {
    isStale = false
    isLoading = true
    startedAt = performance.now()
    awaited.add(back)
    shown = html
    back.toggleAttribute('data-measuring', isMeasuring)
    back.srcdoc = html
    timers.patience = setTimeout(bringForward, options.patience())
  }
  /** A document is never said to be lower than its frame: the frame is made low for one drawing of what is shown. */
  const measure = () => {
    if (isLoading || isStale || timers.pause !== undefined) return
    isMeasuring = true
    draw(shown)
  }
  const drawNow = () => {
    timers.pause = undefined
    const html = options.makeDocument()
    if (html !== shown) draw(html)
    else isStale = false
  }
  const refresh = () => {
    isStale = true
    if (isLoading || timers.pause !== undefined) return
    if (tookLast <= slow) drawNow()
    else timers.pause = setTimeout(drawNow, Math.min(tookLast, 1000))
  }
  const onLoad = (event: Event) => {
    const frame = event.currentTarget as HTMLIFrameElement
    const isOurs = awaited.delete(frame)
    if (isOurs && frame === back && isLoading) {
      if (!isMeasuring) return bringForward()
      frame.removeAttribute('data-measuring')
      requestAnimationFrame(() => requestAnimationFrame(bringForward))
    } else if (!isOurs && frame === front && shown && !isLoading) draw(shown)
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
