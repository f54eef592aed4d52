/** Opens a place of the console as a click on a link to it does, so that whoever guards unsaved changes is asked. */
export function openPlace(href: string, push: (href: string) => void, isDocument = false): void {
  const link = Object.assign(document.createElement('a'), { href, hidden: true })
  link.addEventListener('click', (event) => {
    // A page with a content policy of its own has to come as a document.
    if (isDocument) return
    event.preventDefault()
    push(href)
  })
  document.body.append(link)
  link.click()
  link.remove()
}
