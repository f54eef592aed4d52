/** Whether two spellings name one recipient: addresses whatever their case, phone numbers with or without their prefix. */

const phonePattern = /^(?:\+|00)?[1-9][\d -]{4,20}$|^0[1-9][\d -]{5,20}$/

/** Digits of a phone number as one writes them inside mainland China, or with the country code of elsewhere. */
function plainNumber(text: string): string {
  const digits = text.replace(/[ -]/g, '').replace(/^(\+|00)/, '')
  const inside = /^86(1[3-9]\d{9})$/.exec(digits)?.[1]
  if (inside) return inside
  const landline = /^86(10\d{8}|[2-9]\d{8,10})$/.exec(digits)?.[1]
  return landline ? `0${landline}` : digits
}

/** One spelling for all spellings of a recipient. */
export function canonicalRecipient(text: string): string {
  const recipient = text.trim().toLowerCase()
  return phonePattern.test(recipient) ? plainNumber(recipient) : recipient
}

export const sameRecipient = (one: string, other: string): boolean =>
  one === other || canonicalRecipient(one) === canonicalRecipient(other)
