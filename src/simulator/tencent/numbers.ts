/** Phone numbers as the cloud reads them, and how many segments a text takes. */

export type Phone = { country: string; number: string; isMainland: boolean }

/** E.164, or a mainland mobile in its other spellings; undefined for what is none. */
export function readPhone(text: string): Phone | undefined {
  const mobile = /^(?:\+86|0086|86)?(1[3-9]\d{9})$/.exec(text)?.[1]
  if (mobile) return { country: '86', number: mobile, isMainland: true }
  // Where a country code ends is not told by its digits: for those that this simulator is asked about, by this list.
  const [, country, number] = /^\+(1|7|852|853|886|65|60|66|81|82|33|39|44|49|61|91)(\d{4,13})$/.exec(text) ?? []
  return country && number ? { country, number, isMainland: false } : undefined
}

export const withCountryCode = ({ country, number }: Phone): string => `+${country}${number}`

const isGsm = (text: string): boolean => /^[\n\r !-_a-~£¥èéùìòÇØøÅåÆæßÉÄÖÑÜäöñüà§¡¿€]*$/.test(text)

/** How many SMS a text is charged as. */
export function segmentsOf(text: string, isMainland: boolean): number {
  const [one, many] = !isMainland && isGsm(text) ? [160, 153] : [70, 67]
  return text.length <= one ? 1 : Math.ceil(text.length / many)
}
