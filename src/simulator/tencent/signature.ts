/** The signature of a request (TC3-HMAC-SHA256), as the real gateway computes it. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export type Signed = {
  method: string
  path: string
  query: string
  /** Those that are signed, in their order. */
  headers: readonly (readonly [name: string, value: string])[]
  body: string
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

export function canonicalRequest({ method, path, query, headers, body }: Signed): string {
  const lines = headers.map(([name, value]) => `${name.toLowerCase()}:${value.trim().toLowerCase()}\n`).join('')
  const names = headers.map(([name]) => name.toLowerCase()).join(';')
  return [method, path, query, lines, names, hash(body)].join('\n')
}

/** @param scope date, service and `tc3_request`, with slashes between them */
export const stringToSign = (canonical: string, timestamp: string, scope: string): string =>
  ['TC3-HMAC-SHA256', timestamp, scope, hash(canonical)].join('\n')

export function signingKey(secretKey: string, scope: string): Buffer {
  const [date = '', service = '', end = ''] = scope.split('/')
  return hmac(hmac(hmac(`TC3${secretKey}`, date), service), end)
}

export const signatureOf = (text: string, key: Buffer): string => hmac(key, text).toString('hex')

/** Compares in constant time. */
export function isSignedWith(text: string, key: Buffer, signature: string): boolean {
  const [expected, given] = [Buffer.from(signatureOf(text, key)), Buffer.from(signature)]
  return expected.length === given.length && timingSafeEqual(expected, given)
}
