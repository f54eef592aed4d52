/** Takes out of a vendor's words what was handed to it: keys, numbers, values. They are shown to people who may not see those. */

const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** Shorter ones are in any sentence. */
const shortest = 3

/** Words without any of these texts, whatever their letter case: servers write addresses and keys in their own. */
export const without = (words: string, secrets: readonly string[]): string =>
  secrets
    .map((secret) => secret.replace(/[\s\p{C}]+/gu, ' ').trim())
    .filter(({ length }) => length >= shortest)
    .sort((one, other) => other.length - one.length)
    .reduce((clean, secret) => clean.replace(new RegExp(literal(secret), 'gi'), '•'), words)

/** An id with its middle left out: `LTAI5t••••34Kq`. */
export const masked = (id: string): string =>
  id.length >= 14 ? `${id.slice(0, 6)}••••${id.slice(-4)}` : `${id.slice(0, 2)}••••${id.slice(-2)}`
