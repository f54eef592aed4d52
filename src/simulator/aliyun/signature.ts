/** The signature of an RPC request (HMAC-SHA1, version 1.0), as the real gateway computes it. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Parameters } from './parameters.ts'

const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

/** What is signed: every parameter but the signature itself. The path has no part in it. */
export function stringToSign(method: string, parameters: Parameters): string {
  const canonical = [...parameters.keys()]
    .filter((name) => name !== 'Signature')
    .sort()
    .map((name) => `${percentEncode(name)}=${percentEncode(parameters.get(name) ?? '')}`)
    .join('&')
  return `${method.toUpperCase()}&%2F&${percentEncode(canonical)}`
}

export const signatureOf = (text: string, secret: string): string =>
  createHmac('sha1', `${secret}&`).update(text).digest('base64')

/** Compares in constant time. */
export function isSignedWith(text: string, secret: string, signature: string): boolean {
  const expected = Buffer.from(signatureOf(text, secret))
  const given = Buffer.from(signature)
  return expected.length === given.length && timingSafeEqual(expected, given)
}
