/** What the page with the list runs in the browser: the list follows the inbox by itself, and what is typed beside it stays. */

/** Runs in the browser, as its own text; so it names nothing outside itself. */
function follow(everyMs: number): void {
  const read = async () => {
    if (document.hidden) return
    const answer = await fetch(location.href)
    const found = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#list')
    const shown = document.querySelector('#list')
    const isUsed = shown?.contains(document.activeElement) ?? true
    if (found && !isUsed && shown?.innerHTML !== found.innerHTML) shown?.replaceWith(found)
  }
  // A simulator that was stopped is asked again: it may be started.
  setInterval(() => read().catch(() => undefined), everyMs)
}

export const followScript = (everyMs: number): string => `(${follow})(${everyMs})`
