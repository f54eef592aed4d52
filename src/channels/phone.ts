/**
 * What a phone number is: written in any usual way, kept as E.164. Promises that one number has one form, so that limits
 * and the search in the log count it once, and that a number in doubt is refused instead of guessed at.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { z } from 'zod'
import type { ContentCode } from './problems.ts'

const longest = 40
const written = /^\+?[\d\s().-]+$/
const mobile = /^1[3-9]\d{9}$/
/** Area code and number: three to ten digits of one begin with 10, with 2, or are of three digits. 400 and 800 take no calls. */
const landline = /^(?:10\d{8}|2\d{9}|(?!400|800)[3-9]\d{9,10})$/

/** A number of mainland China from its national form, with or without the 0 before the area code. */
function mainland(national: string): string | undefined {
  const digits = national.replace(/^0/, '')
  return mobile.test(digits) || landline.test(digits) ? `+86${digits}` : undefined
}

/** A number from what follows its `+`. */
function international(digits: string): string | undefined {
  if (digits.startsWith('86')) return mainland(digits.slice(2))
  const parsed = parsePhoneNumberFromString(`+${digits}`, { extract: false })
  return parsed?.isValid() && parsed.countryCallingCode !== '86' ? parsed.number : undefined
}

/**
 * The number in E.164, or undefined if it is none. `+86138…`, `86138…`, `0086138…` and `138…` are one number; a landline
 * without country code begins with its 0; any other country's number begins with `+` or `00`.
 */
export function normalisePhone(text: string): string | undefined {
  if (text.length > longest) return undefined
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Pd}/gu, '-')
    .trim()
  if (!written.test(plain)) return undefined
  const digits = plain.replace(/\D/g, '')
  if (plain.startsWith('+')) return international(digits)
  if (digits.startsWith('00')) return international(digits.slice(2))
  if (digits.startsWith('0') || mobile.test(digits)) return mainland(digits)
  return digits.startsWith('86') ? mainland(digits.slice(2)) : undefined
}

/** Whether a number in E.164 is one of mainland China. Hong Kong (+852), Macao (+853) and Taiwan (+886) are not. */
export const isMainland = (phone: string): boolean => phone.startsWith('+86')

export const isMainlandMobile = (phone: string): boolean => isMainland(phone) && mobile.test(phone.slice(3))

/** As the vendors of mainland China write it: the national form there, country code and number elsewhere. */
export function dialled(phone: string): string {
  if (!isMainland(phone)) return phone.slice(1)
  const national = phone.slice(3)
  return mobile.test(national) ? national : `0${national}`
}

/** The number as it may be shown: `+86138••••8000`. */
export const maskPhone = (phone: string): string =>
  phone.length > 8 ? `${phone.slice(0, -8)}••••${phone.slice(-4)}` : `${phone.slice(0, 2)}••••`

/** A text with a number masked in it, with or without its country code and however it is spaced. */
export function maskPhonesIn(text: string, phone: string): string {
  const parsed = parsePhoneNumberFromString(phone)
  const { countryCallingCode = '', nationalNumber = phone.slice(1) } = parsed ?? {}
  const gap = String.raw`[\s().-]*`
  const national = [...nationalNumber].join(gap)
  const written = new RegExp(`(?:(?:\\+|00)?${countryCallingCode}${gap})?(?:0${gap})?${national}`, 'g')
  return text.replace(written, maskPhone(phone))
}

/** A schema of phone numbers that parses to E.164. `isFit` says which of them the channel reaches. */
export const phoneThat = (isFit: (phone: string) => boolean) =>
  z.string().transform((text, ctx): string => {
    const phone = normalisePhone(text)
    if (phone !== undefined && isFit(phone)) return phone
    ctx.addIssue({ code: 'custom', message: 'invalid_phone' satisfies ContentCode })
    return z.NEVER
  })
