/** A place on this site, as a path; anything that could lead elsewhere becomes the overview. */
export function sitePath(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/')) return '/'
  const here = 'http://here.invalid'
  // The parser sees what a browser would: `//elsewhere`, `/\elsewhere` and tabs within all name another host.
  const url = URL.canParse(value, here) ? new URL(value, here) : undefined
  return url?.origin === here ? url.pathname + url.search + url.hash : '/'
}
