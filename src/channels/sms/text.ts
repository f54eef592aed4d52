/**
 * The text of an SMS and how it is billed: pure and light, so that the preview writes it in the browser with every keystroke
 * by the functions that write what is sent.
 */
import { fill } from '../mapping.ts'
import type { Mapping } from '../mapping-schema.ts'
import { compiled, render } from '../render.ts'

/** Mainland China, and everywhere else. */
export const smsAudiences = ['mainland', 'international'] as const
export type SmsAudience = (typeof smsAudiences)[number]

/** Whether a content is a written text, valid or not. */
export const isWritten = <Content extends object>(content: Content): content is Extract<Content, { text: string }> =>
  'text' in content

/** The alphabet of GSM 03.38, which fits 160 to a segment; those of the second line count twice. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const extended = new Set('\f^{}\\[~]|€')

/**
 * How long a text is and how many segments it is sent and billed in. Under a signature the mainland's rule holds: the
 * signature in its brackets counts, 70 characters are one segment, more are 67 each. Without one (null) GSM 03.38 does
 * wherever the text allows.
 */
export function segments(text: string, signature: string | null): { length: number; segments: number } {
  const whole = signature === null ? text : `【${signature}】${text}`
  const characters = [...whole]
  const isNarrow = signature === null && characters.every((one) => basic.has(one) || extended.has(one))
  const [single, joined] = isNarrow ? [160, 153] : [70, 67]
  const sizes = characters.map((one) => (isNarrow ? (extended.has(one) ? 2 : 1) : one.length))
  const length = sizes.reduce((sum, size) => sum + size, 0)
  return { length, segments: length <= single ? 1 : piecesOf(sizes, joined) }
}

/** In how many segments an SMS is billed, as it was composed: where its signature is part of the text, the text begins with it. */
export function segmentsOf({ text, signName = '' }: { text: string; signName?: string }): number {
  const head = `【${signName}】`
  return (text.startsWith(head) ? segments(text.slice(head.length), signName) : segments(text, null)).segments
}

/** How many segments of this size the characters need: one that counts twice is not split. */
function piecesOf(sizes: readonly number[], room: number): number {
  let [pieces, filled] = [1, 0]
  for (const size of sizes) {
    if (filled + size > room) [pieces, filled] = [pieces + 1, 0]
    filled += size
  }
  return pieces
}

/**
 * What a recipient reads, how long that is, and the values as the provider is handed them. Abroad the signature is no part
 * of the text: carriers there show a sender instead.
 */
export function smsText(
  audience: SmsAudience,
  { signature, templateText, mapping }: { signature: string; templateText: string; mapping: Mapping },
  values: Record<string, string>,
  declared: readonly string[],
): { params: Record<string, string>; text: string; length: number; segments: number } {
  const { params, text } = fill(templateText, mapping, values, declared)
  const isMainland = audience === 'mainland'
  return {
    params,
    text: isMainland ? `【${signature}】${text}` : text,
    ...segments(text, isMainland ? signature : null),
  }
}

/** What a recipient reads of a text that is written here, and how long that is. A variable without a value stays as it is. */
export function writtenText(text: string, values: Record<string, string>, declared: readonly string[]) {
  const whole = render(compiled(text, declared), values, (value) => value)
  return { text: whole, ...segments(whole, null) }
}
