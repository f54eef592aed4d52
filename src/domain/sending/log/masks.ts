/** Recipients as people see them: enough to recognise one, not enough to use it, however it is written in a text. */
import { domainToUnicode } from 'node:url'
import { maskPhonesIn } from '#channels/phone.ts'

/** `a•••@example.com`, `+86138••••0001`, `oAbC••••YxYz`: enough to recognise, not enough to use. */
export function maskRecipient(recipient: string): string {
  const at = recipient.lastIndexOf('@')
  if (at > 0) return `${recipient.slice(0, 1)}•••${recipient.slice(at)}`
  if (recipient.length > 8 && !recipient.startsWith('+')) return `${recipient.slice(0, 4)}••••${recipient.slice(-4)}`
  return recipient.length > 8 ? `${recipient.slice(0, -8)}••••${recipient.slice(-4)}` : `${recipient.slice(0, 2)}••••`
}

const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** A character as it is or as links carry it (RFC 3986, 2.1). */
const carried = (character: string) => {
  const encoded = [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  return `(?:${literal(character)}|${encoded})`
}
const inAnyForm = (text: string) => [...text].map(carried).join('')

/** An address in any letter case, in links, and with its domain in its own script. */
function spellings(recipient: string): RegExp {
  const at = recipient.lastIndexOf('@')
  if (at < 1) return new RegExp(inAnyForm(recipient), 'giu')
  const domain = recipient.slice(at + 1)
  const domains = [...new Set([domain, domainToUnicode(domain) || domain])].map(inAnyForm).join('|')
  return new RegExp(`${inAnyForm(recipient.slice(0, at + 1))}(?:${domains})`, 'giu')
}

/** A text of an App's with the recipient masked in it, in whatever form its backend wrote it. */
export const maskedIn = (text: string, recipient: string): string =>
  recipient.startsWith('+')
    ? maskPhonesIn(text, recipient)
    : text.replace(spellings(recipient), maskRecipient(recipient))
