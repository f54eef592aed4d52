/** Takes out of a vendor's words what was handed to it: keys, numbers, values. They are shown to people who may not see those. */

/** Shorter ones are in any sentence. */
const shortest = 3

/** Words without any of these texts. */
export const without = (words: string, secrets: readonly string[]): string =>
  secrets
    .map((secret) => secret.replace(/[\s\p{C}]+/gu, ' ').trim())
    .filter(({ length }) => length >= shortest)
    .sort((one, other) => other.length - one.length)
    .reduce((clean, secret) => clean.replaceAll(secret, '•'), words)
