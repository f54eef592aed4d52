/**
 * The channel `email`: what a mail address is, what an email template stores, and how it becomes a mail. Promises that
 * preview, test send and delivery get the same mail for the same values, and that a mail always has a plain-text part.
 */
import { domainToASCII } from 'node:url'
import { z } from 'zod'
import type { Channel } from '../contract.ts'
import type { ContentCode } from '../problems.ts'
import { compiled, usedBy } from '../render.ts'
import { checkEmailContent } from './check.ts'
import { EmailContent } from './content.ts'
import { noticeMail } from './notice.ts'
import { renderHtml, renderLine } from './render.ts'
import { checkText, renderText } from './text.ts'
import { prepareText } from './text-thread.ts'

/** A mail as a provider sends it. */
export type EmailMessage = { subject: string; html: string; text: string; fromName?: string }

const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const domainAsWritten = /^[^\s\p{C}%/\\?#:@[\]<>,;"()]+$/u
const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** The address with its domain in lower case and in ASCII, or undefined if it is none that every server understands. */
function normaliseAddress(address: string): string | undefined {
  const at = address.indexOf('@')
  const [local, written] = [address.slice(0, at), address.slice(at + 1)]
  if (at < 1 || address.length > 254 || local.length > 64) return undefined
  if (!localPart.test(local) || !domainAsWritten.test(written)) return undefined
  const domain = domainToASCII(written)
  const whole = `${local}@${domain}`
  return domainName.test(domain) && whole.length <= 254 ? whole : undefined
}

/** One mail address; parses to its normal form. */
export const EmailAddress = z.string().transform((address, ctx): string => {
  const normal = normaliseAddress(address)
  if (normal !== undefined) return normal
  ctx.addIssue({ code: 'custom', message: 'invalid_email' satisfies ContentCode })
  return z.NEVER
})

function composeEmail(
  content: EmailContent,
  variables: Record<string, string>,
  declared: readonly string[],
): EmailMessage {
  const fromName = content.fromName && renderLine(content.fromName, variables, declared)
  return {
    subject: renderLine(content.subject, variables, declared),
    html: renderHtml(content.html, variables, declared),
    text: renderText(content, variables, declared),
    ...(fromName ? { fromName } : {}),
  }
}

function emailVariablesIn(content: EmailContent, declared: readonly string[]): string[] {
  const sources = [content.subject, content.html, content.text ?? '', content.fromName ?? '']
  const used = new Set(sources.flatMap((source) => usedBy(compiled(source, declared))))
  return declared.filter((name) => used.has(name))
}

/** Where a local part is the same with dots and without, and both names are one (Google: "Dots don't matter in Gmail addresses"). */
const dotless: Readonly<Record<string, string>> = { 'gmail.com': 'gmail.com', 'googlemail.com': 'gmail.com' }

/**
 * The mailbox that an address, as `EmailAddress` made it, most likely is another spelling of. For counting only: whether two
 * spellings are one mailbox is known by nobody but its server.
 * @param aliases whether `+` tags, and dots at Gmail, are spellings as letter case is
 */
export function mailboxOf(address: string, aliases: boolean): string {
  const [local = '', domain = ''] = address.toLowerCase().split('@')
  if (!aliases) return `${local}@${domain}`
  const untagged = local.split('+', 1)[0] || local
  const mailDomain = Object.hasOwn(dotless, domain) ? dotless[domain] : undefined
  return mailDomain ? `${untagged.replaceAll('.', '')}@${mailDomain}` : `${untagged}@${domain}`
}

/** How many letters of a name whose dots do not matter are looked for, with dots and without. */
const lettersWithDots = 6

/** How every spelling of a mailbox begins, tags and dots being as `mailboxOf` has them. */
function beginningsOf(address: string): string[] {
  const mailbox = mailboxOf(address, true)
  const [local = '', domain = ''] = mailbox.split('@')
  if (!Object.hasOwn(dotless, domain)) return [mailbox, `${local}+`]
  const [first = '', ...letters] = local.slice(0, lettersWithDots)
  return letters.reduce((begun, letter) => begun.flatMap((one) => [one + letter, `${one}.${letter}`]), [first])
}

export const email: Channel<EmailContent, EmailMessage> = {
  id: 'email',
  recipient: EmailAddress,
  countedAs: (address) => mailboxOf(address, true),
  beginningsOf,
  content: EmailContent,
  headline: 'subject',
  check: (content, scenario) => [...checkEmailContent(content, scenario), ...checkText(content)],
  prepare: prepareText,
  variablesIn: emailVariablesIn,
  compose: composeEmail,
  notice: noticeMail,
}

/** For where mail servers tell addresses with tags or dots apart. */
export const emailWithoutAliases: typeof email = { ...email, countedAs: (address) => mailboxOf(address, false) }
