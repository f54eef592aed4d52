/**
 * A mail as the bytes that travel: RFC 5322 headers, RFC 2047 words, RFC 2045 parts. Promises that no value can add a
 * header or a recipient, that every line is short enough for every server, and that HTML and text arrive byte for byte.
 */

import { stripLineBreaks } from '#channels/render.ts'

export type Mailbox = { name?: string; address: string }

export type Mail = {
  from: Mailbox
  replyTo?: Mailbox
  to: Mailbox
  subject: string
  html: string
  text: string
  /** Without angle brackets. */
  messageId: string
  date: Date
  /** More headers, by name. */
  headers?: Record<string, string>
}

/** A mail that cannot be written down: an address or a name in it is not well-formed. */
export class MailError extends Error {}

// A hyphen never occurs in base64, so this line can only be ours.
const boundary = '=-signet-alternative'
const lineLength = 76
const wordStart = '=?UTF-8?B?'
const wordEnd = '?='

/** The most bytes that a base64 encoded word may carry after `used` characters of its line. */
const wordCapacity = (used: number): number =>
  Math.floor((lineLength - used - wordStart.length - wordEnd.length) / 4) * 3

/** RFC 2047 encoded words, a character never split between two, one word a line. */
function encodedWords(value: string, used: number): string {
  const words: string[] = []
  let piece = ''
  let bytes = 0
  let capacity = wordCapacity(used)
  for (const character of value) {
    const size = Buffer.byteLength(character)
    if (bytes > 0 && bytes + size > capacity) {
      words.push(piece)
      piece = ''
      bytes = 0
      capacity = wordCapacity(1)
    }
    piece += character
    bytes += size
  }
  words.push(piece)
  return words.map((word) => `${wordStart}${Buffer.from(word).toString('base64')}${wordEnd}`).join('\r\n ')
}

/** Words of ASCII on lines of at most 76 characters, broken before a space. */
function folded(value: string, used: number): string {
  let out = ''
  let column = used
  for (const word of value.split(' ')) {
    if (out === '') out = word
    else if (column + 1 + word.length > lineLength) {
      out += `\r\n ${word}`
      column = 0
    } else out += ` ${word}`
    column += 1 + word.length
  }
  return out
}

const plainWords = /^[\x21-\x7e]{1,60}(?: [\x21-\x7e]{1,60})*$/

/** Text of an unstructured header: as it is where it is plain, else in encoded words. */
function headerText(value: string, used: number): string {
  const text = stripLineBreaks(value)
  if (text === '') return ''
  return plainWords.test(text) && !text.includes('=?') ? folded(text, used) : encodedWords(text, used)
}

const addressForm = /^[\w!#$%&'*+/=?^`{|}~.-]+@[a-z0-9.-]+$/i
const plainName = /^[\x20-\x7e]{1,60}$/

function mailbox(header: string, { name, address }: Mailbox): string {
  if (!addressForm.test(address)) throw new MailError(`The address of ${header} is not of the form local@domain.`)
  const shown = stripLineBreaks(name ?? '').trim()
  if (shown === '') return `${header}: ${address}\r\n`
  const used = header.length + 2
  const isPlain = plainName.test(shown) && !shown.includes('=?')
  const encoded = isPlain ? `"${shown.replace(/["\\]/g, '\\$&')}"` : encodedWords(shown, used)
  return `${header}: ${encoded}\r\n <${address}>\r\n`
}

function header(name: string, value: string): string {
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) throw new MailError('The name of a header is not a word of ASCII letters.')
  return `${name}: ${headerText(value, name.length + 2)}\r\n`
}

/** RFC 5322 wants the zone as a number. */
const dateHeader = (date: Date): string => `Date: ${date.toUTCString().replace('GMT', '+0000')}\r\n`

/** Base64 on lines of 76 characters, each ended. */
function base64Lines(text: string): string {
  const encoded = Buffer.from(text).toString('base64')
  let out = ''
  for (let at = 0; at < encoded.length; at += lineLength) out += `${encoded.slice(at, at + lineLength)}\r\n`
  return out
}

const part = (type: string, body: string): string =>
  `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64Lines(body)}`

/**
 * The whole message, ready for `DATA` but for the doubling of leading dots, which base64 and headers never have.
 * @throws MailError for an address or a header name that is not well-formed
 */
export function composeMime(mail: Mail): Buffer {
  if (!/^[\x21-\x7e]{1,200}$/.test(mail.messageId) || /[<>]/.test(mail.messageId)) {
    throw new MailError('The message id is not a word of ASCII characters.')
  }
  const lines = [
    mailbox('From', mail.from),
    mail.replyTo ? mailbox('Reply-To', mail.replyTo) : '',
    mailbox('To', mail.to),
    header('Subject', mail.subject),
    `Message-ID: <${mail.messageId}>\r\n`,
    dateHeader(mail.date),
    ...Object.entries(mail.headers ?? {}).map(([name, value]) => header(name, value)),
    `MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n`,
    part('text/plain', mail.text),
    part('text/html', mail.html),
    `--${boundary}--\r\n`,
  ]
  return Buffer.from(lines.join(''), 'latin1')
}
