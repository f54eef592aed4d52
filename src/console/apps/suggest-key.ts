/** A key for an App, made from its name; empty where the name has nothing to make one from. */
export function suggestKey(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const key = /^[0-9]/.test(words) ? `app-${words}` : words
  return key.slice(0, 40).replace(/-+$/, '')
}
