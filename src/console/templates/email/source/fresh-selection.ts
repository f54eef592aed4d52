/**
 * A browser tells of a selection a moment after it was made. What draws the editor in between (findings that arrive, a
 * draft that is put back) would put the old one in its place, and the next text would stand beside what it was to
 * replace. So the new one is read before it is lost, and chosen again.
 */
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'

/** The ends of what is chosen in the document. */
function ends() {
  const { anchorNode = null, anchorOffset = 0, focusNode = null, focusOffset = 0 } = getSelection() ?? {}
  return { anchorNode, anchorOffset, focusNode, focusOffset }
}

class FreshSelection {
  private known = ends()

  constructor() {
    document.addEventListener('selectionchange', this.note)
  }

  update({ view, selectionSet, changes }: ViewUpdate): void {
    const positions = selectionSet || view.composing ? undefined : this.unheard(view)
    queueMicrotask(() => {
      if (positions) {
        const [anchor, head] = positions
        view.dispatch({ selection: { anchor: changes.mapPos(anchor), head: changes.mapPos(head) } })
      }
      this.note()
    })
  }

  destroy(): void {
    document.removeEventListener('selectionchange', this.note)
  }

  private readonly note = (): void => {
    this.known = ends()
  }

  /** Where a selection begins and ends that the browser has not told of. */
  private unheard(view: EditorView): [anchor: number, head: number] | undefined {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = ends()
    const isCollapsed = anchorNode === focusNode && anchorOffset === focusOffset
    const isKnown =
      anchorNode === this.known.anchorNode &&
      anchorOffset === this.known.anchorOffset &&
      focusNode === this.known.focusNode &&
      focusOffset === this.known.focusOffset
    if (isCollapsed || isKnown || !view.contentDOM.contains(anchorNode) || !view.contentDOM.contains(focusNode)) return
    if (anchorNode && focusNode) return [view.posAtDOM(anchorNode, anchorOffset), view.posAtDOM(focusNode, focusOffset)]
  }
}

export const freshSelection = ViewPlugin.fromClass(FreshSelection)
