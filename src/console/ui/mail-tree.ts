/**
 * A foreign mail as a tree that is put into the frame of `MailFrame`: parsed where nothing runs or loads, and without what
 * mail programs take out of a mail. Safety does not rest on it (see `mail-frame.tsx`): it keeps quiet what a browser does
 * before a policy is asked (a frame's connection), and what could hinder the drawing itself (names that stand in the way
 * of the tree's own properties). A mail may be written to harm: nothing of its tree is reached through its own names.
 */

export type MailLook = {
  html: string
  /** Whether the reader's mail program is dark. Whoever looks may have it otherwise. */
  isDark?: boolean
  /** Puts what only this view shows into a text, as nodes in place of it. */
  mark?: (text: string) => (string | Element)[] | undefined
}

/** Elements that go with all that is in them, by their local name. */
const removed = new Set(
  'script template iframe frame frameset noframes object embed applet portal fencedframe base link meta animate animatemotion animatetransform set discard'.split(
    ' ',
  ),
)

/** Besides handlers of events: what leads or asks elsewhere, takes the focus, or hides a property of a form or a document. */
const removedAttributes = new Set(
  'name form action formaction target ping srcdoc autofocus accesskey nonce attributionsrc'.split(' '),
)
const attributeName = /^[a-z_][\w:.-]*$/i

/** An element's attributes, also where something in it has that name. */
const attributesOf = (element: Element) => Reflect.get(Element.prototype, 'attributes', element) as NamedNodeMap

/** Decides the questions about light and dark in CSS as the reader's program would. */
function decideScheme(css: string, isDark: boolean): string {
  if (!/color-scheme/i.test(css)) return css
  return css
    .replace(/prefers-color-scheme\s*:\s*(dark|light)/gi, (_, scheme: string) =>
      (scheme.toLowerCase() === 'dark') === isDark ? 'min-width:0' : 'min-width:999999px',
    )
    .replace(/color-scheme\s*:\s*((?:light\s+dark|dark\s+light)\b)/gi, `color-scheme:${isDark ? 'dark' : 'light'}`)
}

function cleanAttributes(element: Element): void {
  const attributes = attributesOf(element)
  for (let at = attributes.length - 1; at >= 0; at--) {
    const attribute = attributes[at]
    if (!attribute) continue
    const name = attribute.localName.toLowerCase()
    const isOut = name.startsWith('on') || removedAttributes.has(name) || !attributeName.test(attribute.name)
    if (isOut) attributes.removeNamedItemNS(attribute.namespaceURI, attribute.localName)
  }
}

/** A form's properties may be hidden by the names in it, so it becomes an element that has none of its own. */
function withoutForm(form: HTMLFormElement): HTMLElement {
  const inside = document.createRange()
  inside.selectNodeContents(form)
  const block = document.createElement('div')
  block.append(inside.extractContents())
  for (const { name, value } of attributesOf(form)) {
    if (attributeName.test(name) && !name.includes(':')) block.setAttribute(name, value)
  }
  Element.prototype.replaceWith.call(form, block)
  return block
}

function decideStyle(style: HTMLStyleElement, isDark: boolean, nonce: string): void {
  style.nonce = nonce
  const css = style.textContent
  const decided = decideScheme(css, isDark)
  if (decided !== css) style.textContent = decided
  if (style.media) style.media = decideScheme(style.media, isDark)
}

function cleanElement(found: Element, isDark: boolean, nonce: string): void {
  const element = found instanceof HTMLFormElement ? withoutForm(found) : found
  const name = element.localName.toLowerCase()
  if (removed.has(name)) {
    element.remove()
    return
  }
  cleanAttributes(element)
  // For browsers that tell nobody of a click in a frame without scripts: the sandbox opens no window.
  if (name === 'a' || name === 'area') element.setAttribute('target', '_blank')
  if (element instanceof HTMLStyleElement) decideStyle(element, isDark, nonce)
}

/** Elements whose text is drawn by no one, or not as nodes. */
const isRead = (text: Text) => !['STYLE', 'TITLE', 'TEXTAREA', 'OPTION'].includes(text.parentNode?.nodeName ?? '')

/**
 * @param nonce lets style elements through the policy of the page
 * @returns the root of the tree, to be put into a frame
 */
export function mailTree({ html, isDark = false, mark }: MailLook, nonce: string): Element {
  const own = `<!doctype html><style>:root{color-scheme:${isDark ? 'dark' : 'light'}}</style>`
  const source = own + html.replace(/^\s*<!doctype[^>]*>/i, '')
  // The policy of the page counts while parsing, too.
  const parsed = new DOMParser().parseFromString(
    source.replace(/<style(?=[\s/>])/gi, `$& nonce="${nonce}"`),
    'text/html',
  )
  const walker = document.createTreeWalker(parsed, NodeFilter.SHOW_ELEMENT | (mark ? NodeFilter.SHOW_TEXT : 0))
  const nodes: Node[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node)
  for (const node of nodes) {
    if (node instanceof Element) cleanElement(node, isDark, nonce)
    else if (node instanceof Text && isRead(node)) {
      const marked = mark?.(node.data)
      if (marked) node.replaceWith(...marked)
    }
  }
  return nodes[0] as Element
}
