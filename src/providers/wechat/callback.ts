/**
 * What WeChat pushes to an account's address: whether it was WeChat that did, and what became of a message. Pure. Promises that
 * nothing is read of what is not signed with the keys of that very address, is old, or is too large; and that what is read is
 * not more than a flat list of texts.
 */
import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Push, Receipt } from '#channels/answers.ts'
import { flatXml } from './flat-xml.ts'

/** Anything else is pushed again. */
export const receiptAnswer = { status: 200, contentType: 'text/plain; charset=utf-8', body: 'success' }

const largestBody = 64 * 1024
/** How far WeChat's clock and ours may be apart, its repeats included; in seconds. */
const freshFor = 5 * 60

const alphanumerics = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** Characters whose last two bits are nought in base64: the last of 43, which hold two bits more than a key. */
const lastCharacters = 'AEIMQUYcgkosw048'

/** Letters and digits that nobody can guess who does not know the secret, the same every time. */
function derived(secret: string, label: string, length: number, last = alphanumerics): string {
  const half = (part: number) => createHmac('sha256', secret).update(`wechat callback ${label} ${part}`).digest('hex')
  let left = BigInt(`0x${half(1)}${half(2)}`)
  const take = (from: string) => {
    const character = from[Number(left % BigInt(from.length))] ?? ''
    left /= BigInt(from.length)
    return character
  }
  return Array.from({ length }, (_, at) => take(at === length - 1 ? last : alphanumerics)).join('')
}

/** What a person copies into WeChat's settings beside the address: its Token and its EncodingAESKey. */
export const callbackKeys = (secret: string): { token: string; aesKey: string } => ({
  token: derived(secret, 'token', 32),
  aesKey: derived(secret, 'EncodingAESKey', 43, lastCharacters),
})

/** By WeChat's rule: of the parts in the order of their characters. */
function isSigned(signature: string | undefined, parts: readonly string[]): boolean {
  if (!signature || !/^[\da-f]{40}$/.test(signature)) return false
  const own = createHash('sha1')
    .update([...parts].sort().join(''))
    .digest()
  return timingSafeEqual(own, Buffer.from(signature, 'hex'))
}

/** Of the account's config only its AppID is needed. */
type CardPush = Push<{ appId: string }>

/** The parts that every signature covers; undefined where they are missing or of another time. */
function freshParts({ query }: Push, token: string, now: Date): string[] | undefined {
  const { timestamp = '', nonce = '' } = query
  if (!/^\d{1,12}$/.test(timestamp) || nonce === '' || nonce.length > 200) return undefined
  const isFresh = Math.abs(now.getTime() / 1000 - Number(timestamp)) <= freshFor
  return isFresh ? [token, timestamp, nonce] : undefined
}

/** What WeChat asks the address for when it is entered there, to be answered as it is. */
export function challengeAnswer(push: Push, now: Date): string | undefined {
  const parts = freshParts(push, callbackKeys(push.secret).token, now)
  const { signature, echostr } = push.query
  return parts && isSigned(signature, parts) && echostr && echostr.length <= 1024 ? echostr : undefined
}

const block = 32
const header = 16

/** 16 random bytes, the length of the text, the text, and whom it is for. Undefined unless all of it is as it has to be. */
function decrypted(encrypted: string, aesKey: string, appId: string): string | undefined {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const bytes = Buffer.from(encrypted, 'base64')
  if (bytes.length === 0 || bytes.length % 16 !== 0) return undefined
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()])
  const padding = padded.at(-1) ?? 0
  const end = padded.length - padding
  if (padding < 1 || padding > block || end < header + 4) return undefined
  if (!padded.subarray(end).every((byte) => byte === padding)) return undefined
  const from = header + 4
  const to = from + padded.readUInt32BE(header)
  if (to > end || padded.subarray(to, end).toString('utf8') !== appId) return undefined
  return padded.subarray(from, to).toString('utf8')
}

/** Its signature in plain text does not cover what is said: whoever saw one could say something else with it, were it taken twice. */
export function nonceOf({ query: { timestamp = '', nonce = '' } }: Push): { nonce: string; until: Date } {
  const digest = createHash('sha256').update(`${timestamp} ${nonce}`).digest('base64url')
  return { nonce: digest, until: new Date((Number(timestamp) + freshFor) * 1000) }
}

/** The document of a push that is WeChat's, in plain text; undefined for any other. */
function documentOf(push: CardPush, now: Date): string | undefined {
  const { body, query, secret, config } = push
  const { token, aesKey } = callbackKeys(secret)
  const parts = freshParts(push, token, now)
  if (!parts || Buffer.byteLength(body) > largestBody) return undefined
  if (query.encrypt_type !== 'aes') return !push.secureOnly && isSigned(query.signature, parts) ? body : undefined
  const encrypted = flatXml(body)?.get('Encrypt')
  if (!encrypted || !isSigned(query.msg_signature, [...parts, encrypted])) return undefined
  return decrypted(encrypted, aesKey, config.appId)
}

type Outcome = Pick<Extract<Receipt, { kind: 'outcome' }>, 'state' | 'code'>

function outcomeOf(status: string): Outcome {
  if (status === 'success') return { state: 'delivered', code: 'success' }
  const why = /^failed:?\s*(.*)$/.exec(status)?.[1]
  if (why !== undefined) return { state: 'failed', code: why.slice(0, 100) || 'failed' }
  return { state: 'pending', code: status.slice(0, 100) }
}

const timeOf = (seconds: string | undefined): { at?: Date } =>
  seconds && /^\d{1,11}$/.test(seconds) ? { at: new Date(Number(seconds) * 1000) } : {}

/**
 * What a push says of messages. Anything else that WeChat tells an account, such as what its followers write, is nothing;
 * undefined for what is not WeChat's.
 */
export function receiptsFrom(push: CardPush, now: Date): Receipt[] | undefined {
  const written = documentOf(push, now)
  if (written === undefined) return undefined
  const tags = flatXml(written)
  const id = tags?.get('MsgID') ?? tags?.get('MsgId') ?? ''
  const isReport = tags?.get('MsgType') === 'event' && tags.get('Event') === 'TEMPLATESENDJOBFINISH'
  if (!tags || !isReport || !/^\d{1,30}$/.test(id)) return []
  return [
    {
      ...{ kind: 'outcome', providerMessageId: id, reference: '', to: tags.get('FromUserName') ?? '' },
      ...outcomeOf((tags.get('Status') ?? '').trim()),
      detail: '',
      ...timeOf(tags.get('CreateTime')),
    },
  ]
}
