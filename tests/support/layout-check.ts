/** What is out of place on a page as it is drawn: looked for with the browser's own measures, not by eye. */
import type { Page } from '@playwright/test'

/** Runs in the page; so everything it needs stands inside. Positions are whole pixels: less is rounding. */
function findMisplaced(): string[] {
  const found: string[] = []
  const root = document.documentElement
  const nameOf = (element: Element) => {
    const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ').trim()
    return `${element.tagName.toLowerCase()}.${element.className || '-'} “${words.slice(0, 40)}”`
  }
  const isTiny = (element: Element | null) => element !== null && element.getBoundingClientRect().width <= 1
  const isSeen = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !element.closest('.unseen, .skip, [inert]') &&
    // On a phone the heads of columns are there for screen readers only.
    !isTiny(element.closest('thead'))

  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) => isSeen(element) && element.getBoundingClientRect().right > root.clientWidth + 1,
    )
    found.push(
      `the page scrolls sideways by ${root.scrollWidth - root.clientWidth}: ${wide.slice(0, 3).map(nameOf).join(', ')}`,
    )
  }

  /** Where the words and controls of an element are drawn, without those that are there for screen readers only. */
  const drawnIn = (element: Element): DOMRect[] => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    const rects: DOMRect[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.textContent?.trim() || !node.parentElement || !isSeen(node.parentElement)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      rects.push(...range.getClientRects())
    }
    const controls = element.querySelectorAll('button, input, select, textarea')
    rects.push(...[...controls].filter(isSeen).map((control) => control.getBoundingClientRect()))
    return rects.filter(({ width, height }) => width > 1 && height > 1)
  }

  /** What cuts off what is wider than itself, and cannot be scrolled. */
  const clips = (element: Element) => ['hidden', 'clip'].includes(getComputedStyle(element).overflowX)
  const isShortened = (element: Element) => {
    const { textOverflow, webkitLineClamp } = getComputedStyle(element)
    return textOverflow === 'ellipsis' || webkitLineClamp !== 'none'
  }
  for (const element of document.querySelectorAll('body *')) {
    if (!isSeen(element) || !clips(element) || isShortened(element) || element.closest('iframe, svg, .cm-editor'))
      continue
    const box = element.getBoundingClientRect()
    const cut = drawnIn(element).filter(({ left, right }) => right > box.right + 1 || left < box.left - 1)
    if (cut.length > 0 && box.width > 1)
      found.push(
        `cut off by ${Math.round(Math.max(...cut.map(({ right }) => right - box.right)))}: in ${nameOf(element)}`,
      )
  }

  // What belongs to a cell stands within it.
  for (const cell of document.querySelectorAll('table :is(td, th)')) {
    if (!isSeen(cell)) continue
    const box = cell.getBoundingClientRect()
    const isBeyond = drawnIn(cell).some(({ left, right }) => right > box.right + 1 || left < box.left - 1)
    const shortening = [...cell.querySelectorAll('*')].some(isShortened)
    if (isBeyond && !shortening) found.push(`beyond its cell: ${nameOf(cell)}`)
  }

  // No control lies over another, nor beside the page.
  const controls = [...document.querySelectorAll('main :is(a, button, input, select, textarea)')].filter(
    (element) => isSeen(element) && !element.closest('iframe, .cm-editor, svg'),
  )
  const boxes = controls.map((element) => ({ element, box: element.getBoundingClientRect() }))
  for (const [index, { element, box }] of boxes.entries()) {
    if (box.width < 2 || box.height < 2) continue
    const scrolls = element.closest('[data-scrolls], pre')
    if (!scrolls && (box.right > root.clientWidth + 1 || box.left < -1))
      found.push(`beside the page: ${nameOf(element)}`)
    for (const other of boxes.slice(index + 1)) {
      if (element.contains(other.element) || other.element.contains(element)) continue
      const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left)
      const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top)
      // A field's own button stands within the field.
      const ofField = element.closest('[class*="PasswordInput-wrapper"]')
      if (across > 2 && down > 4 && !ofField?.contains(other.element))
        found.push(`one over the other: ${nameOf(element)} and ${nameOf(other.element)}`)
    }
  }
  return [...new Set(found)]
}

/** What is out of place at a width, as sentences; none where everything is in its place. */
export async function misplacedAt(page: Page, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 900 })
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  return (await page.evaluate(findMisplaced)).map((what) => `${width}: ${what}`)
}
