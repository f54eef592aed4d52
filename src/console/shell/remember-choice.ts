/** Keeps a choice of the reader for a year where the server can read it. Never holds anything secret. */
export function rememberChoice(name: string, value: string): void {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing where a page is served without https
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax${secure}`
}

/** Forgets such a choice, so that the browser's own wish counts again. */
export function forgetChoice(name: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing where a page is served without https
  document.cookie = `${name}=; path=/; max-age=0; samesite=lax`
}
