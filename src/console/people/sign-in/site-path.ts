/** A place on this site, as a path; anything that could lead elsewhere becomes the overview. */
export function sitePath(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/')) return '/'
  const here = 'http://here.invalid'
  // The parser sees what a browser would: `//elsewhere`, `/\elsewhere` and tabs within all name another host.
  const url = URL.canParse(value, here) ? new URL(value, here) : undefined
  if (url?.origin !== here) return '/'
  const path = url.pathname + url.search + url.hash
  // What was a path when it was read may be a host when it is read again: `/.//elsewhere` becomes `//elsewhere`.
  return URL.canParse(path, here) && new URL(path, here).href === url.href ? path : '/'
}
