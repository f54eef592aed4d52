/** Mails as bytes, read back by another implementation. */
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { composeMime, type Mail, MailError } from '#providers/smtp/mime.ts'
import { anyText, wellFormedText } from '../support/any-text.ts'

const mail: Mail = {
  from: { name: 'Shop', address: 'no-reply@shop.example' },
  to: { address: 'someone@customer.example' },
  subject: 'Your code',
  html: '<p>Hello</p>',
  text: 'Hello',
  messageId: 'id-1@shop.example',
  date: new Date('2026-11-22T08:09:10Z'),
}

const read = (changes: Partial<Mail>) => PostalMime.parse(composeMime({ ...mail, ...changes }))
const headLines = (raw: Buffer) => raw.toString('latin1').split('\r\n\r\n')[0]?.split('\r\n') ?? []
/** What of a value can stand in a header. */
const oneLine = (value: string) =>
  value
    .replace(/[\t\r\n\v\f\u0085\u2028\u2029]+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .toWellFormed()
/** Readers drop blanks around a value, and a byte order mark, which shows nothing, where an encoded word begins with it. */
const visible = (value = '') => value.replaceAll('\ufeff', '').trim()
/** How many characters stand for what could not be read. */
const unread = (text: string) => text.split('\ufffd').length - 1

/** Made where it is used: the units of these strings take long to make. */
const interesting = () =>
  fc.oneof(
    wellFormedText({ maxLength: 200 }),
    anyText({ maxLength: 200 }),
    fc.constantFrom(
      '您的验证码是 482913，十分钟内有效',
      '👩‍👩‍👧‍👦'.repeat(20),
      `${'长'.repeat(300)}`,
      'a'.repeat(500),
      'word '.repeat(100).trim(),
      '=?UTF-8?B?SGVsbG8=?=',
      'Shop "The \\ Best" <x@evil.example>',
      'a, b; c: d <e> (f) @ [g]',
      'Hello\r\nBcc: evil@evil.example\r\n\r\nbody',
      '\u2028\u0085 odd \u0000 breaks \u2029',
      ' leading and trailing ',
      'two  blanks',
      '\ud800 lone',
    ),
  )

test('names and subjects arrive as they were, whatever they are', async () => {
  await fc.assert(
    fc.asyncProperty(interesting(), interesting(), async (name, subject) => {
      const parsed = await read({ from: { name, address: 'no-reply@shop.example' }, subject })
      const { to, bcc = [], html, text } = parsed
      const from = { ...parsed.from, name: visible(parsed.from?.name) }
      expect({ from, to, bcc, html, text, subject: visible(parsed.subject) }).toEqual({
        from: { name: visible(oneLine(name)), address: 'no-reply@shop.example' },
        to: [{ name: '', address: 'someone@customer.example' }],
        bcc: [],
        html: mail.html,
        text: mail.text,
        subject: visible(oneLine(subject)),
      })
    }),
    { numRuns: 300 },
  )
})

test('no value adds a header, a line that is too long, or a byte that is not ASCII', () => {
  const names = ['From', 'Reply-To', 'To', 'Subject', 'Message-ID', 'Date', 'X-Note', 'MIME-Version', 'Content-Type']
  fc.assert(
    fc.property(interesting(), interesting(), (name, text) => {
      const raw = composeMime({
        ...mail,
        from: { name, address: 'no-reply@shop.example' },
        replyTo: { name: text, address: 'help@shop.example' },
        subject: text,
        headers: { 'X-Note': text },
      })
      const lines = headLines(raw)
      const encoded = lines.filter((line) => line.includes('=?UTF-8?B?'))
      const words = encoded.flatMap((line) => line.match(/=\?UTF-8\?B\?[^ ]*\?=/g) ?? [])
      const decoded = words.map((word) => Buffer.from(word.slice(10, -2), 'base64').toString()).join('')
      expect({
        names: lines.filter((line) => !line.startsWith(' ')).map((line) => line.split(':')[0]),
        tooLong: [
          ...lines.filter(({ length }) => length > 130),
          ...encoded.filter(({ length }) => length > 76),
          ...words.filter(({ length }) => length > 75),
        ],
        // A character that was split between two words would be two broken ones.
        broken: unread(decoded),
        odd: raw
          .toString('latin1')
          .replaceAll('\r\n', '')
          .match(/[\r\n\u0080-\u00ff]/),
      }).toEqual({ names, tooLong: [], broken: unread(oneLine(name)) + 3 * unread(oneLine(text)), odd: null })
    }),
    { numRuns: 300 },
  )
})

test('HTML and text arrive byte for byte, in lines of at most 76', async () => {
  await fc.assert(
    fc.asyncProperty(
      wellFormedText({ minLength: 1, maxLength: 3000 }),
      wellFormedText({ minLength: 1, maxLength: 3000 }),
      async (html, text) => {
        const raw = composeMime({ ...mail, html, text })
        const parts = raw.toString('latin1').split('--=-signet-alternative')
        const decoded = parts
          .slice(1, 3)
          .map((part) => Buffer.from(part.split('\r\n\r\n')[1] ?? '', 'base64').toString())
        expect(decoded).toEqual([text, html])
        const lines = raw.toString('latin1').split('\r\n')
        expect(lines.filter(({ length }) => length > 76)).toEqual([])
      },
    ),
    { numRuns: 100 },
  )
  const html = `<p>${'汉字 & 🎉\n'.repeat(20_000)}</p>`
  const parsed = await read({ html, text: '.\r\n..\r\nFrom here\r\n' })
  expect([parsed.html, parsed.text]).toEqual([html, '.\r\n..\r\nFrom here\r\n'])
})

test('the parts stand in the order that clients prefer the last of', async () => {
  const raw = composeMime(mail).toString()
  expect(raw.indexOf('text/plain')).toBeLessThan(raw.indexOf('text/html'))
  expect(raw).toContain('Content-Type: multipart/alternative; boundary="=-signet-alternative"\r\n\r\n')
})

test('date and id are those that were given', async () => {
  const raw = composeMime(mail).toString()
  expect(raw).toContain('\r\nDate: Sun, 22 Nov 2026 08:09:10 +0000\r\n')
  expect(raw).toContain('\r\nMessage-ID: <id-1@shop.example>\r\n')
})

test('an address, an id or a header name that is none is refused', () => {
  for (const address of ['root', 'a@b@c', 'a@b, c@d', 'a@b\r\nBcc: c@d', '<a@b>', 'a b@c', '"a"@b', 'a@例子', '']) {
    expect(() => composeMime({ ...mail, to: { address } })).toThrow(MailError)
    expect(() => composeMime({ ...mail, from: { address } })).toThrow(MailError)
    expect(() => composeMime({ ...mail, replyTo: { address } })).toThrow(MailError)
  }
  for (const messageId of ['', 'a b@c', 'a>\r\nX: y', 'a@b>', '长@b']) {
    expect(() => composeMime({ ...mail, messageId })).toThrow(MailError)
  }
  for (const name of ['X Y', 'X:Y', 'X\r\nY', '']) {
    expect(() => composeMime({ ...mail, headers: { [name]: 'value' } })).toThrow(MailError)
  }
})
