/** How Twilio signs what it pushes. */
import { createHmac } from 'node:crypto'

type Fields = Readonly<Record<string, string | readonly string[]>>

/** The address, and each field by name with its value behind; a field that comes again has each of its values once. */
export function signatureOf(authToken: string, url: string, fields: Fields): string {
  const written = Object.keys(fields)
    .sort()
    .flatMap((name) => {
      const values = fields[name] ?? ''
      return (typeof values === 'string' ? [values] : [...new Set(values)].sort()).map((value) => name + value)
    })
  return createHmac('sha1', authToken)
    .update(url + written.join(''))
    .digest('base64')
}
