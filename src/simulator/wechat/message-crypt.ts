/** How WeChat signs and encrypts what it sends to a server. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto'

/** Over the parts in the order of their characters; lower-case hexadecimal. */
export const signatureOf = (...parts: string[]): string =>
  createHash('sha1').update(parts.toSorted().join('')).digest('hex')

const block = 32

/** AES-256-CBC over random bytes, length, text and AppID, padded to blocks of 32 bytes; in base64. */
export function encrypt(text: string, aesKey: string, appId: string): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const content = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const plain = Buffer.concat([randomBytes(16), length, content, Buffer.from(appId)])
  const missing = block - (plain.length % block)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(missing, missing)), cipher.final()]).toString(
    'base64',
  )
}
