/** Phone numbers as the cloud reads them: mainland ones with or without 86, others as country code and number. */

/** `13900000001`, of any of the accepted spellings of a mainland mobile number. */
export function mainlandMobile(text: string): string | undefined {
  return /^(?:\+86|0086|86|\+)?(1[3-9]\d{9})$/.exec(text)?.[1]
}

/**
 * `85200000000`: country code and number, without `+` or `00`. Eleven digits that begin with 13–19 are a mainland
 * number unless they make one of North America.
 */
export function internationalNumber(text: string): string | undefined {
  if (!/^[1-9]\d{6,14}$/.test(text) || text.startsWith('86')) return undefined
  const isAmbiguous = mainlandMobile(text) !== undefined
  return isAmbiguous && !/^1[2-9]\d\d[2-9]\d{6}$/.test(text) ? undefined : text
}

/** A number that can be called: mobile, or a landline with its area code (`057100000000`). */
export function callableNumber(text: string): string | undefined {
  const mobile = mainlandMobile(text)
  if (mobile) return mobile
  if (/^0[1-9]\d{8,10}$/.test(text)) return text
  const landline = /^(?:\+86|0086|86)(10\d{8}|[2-9]\d{8,10})$/.exec(text)?.[1]
  return landline && `0${landline}`
}

/** With `+` and country code, as the inbox shows recipients. */
export const withCountryCode = (number: string, isMainland: boolean): string =>
  isMainland ? `+86${number.replace(/^0/, '')}` : `+${number}`

export const carriers = ['mobile', 'unicom', 'telecom'] as const
export type Carrier = (typeof carriers)[number]

const unicom = /^1(3[0-2]|45|5[56]|66|7[156]|8[56]|96)/
const telecom = /^1(33|49|53|7[3477]|80|81|89|9[0139])/

/** The carrier that a mainland mobile number was given by. */
export function carrierOf(mobile: string): Carrier {
  if (unicom.test(mobile)) return 'unicom'
  return telecom.test(mobile) ? 'telecom' : 'mobile'
}
