/**
 * How a card of an official account is made of a template, its values and an event. Pure and light: the preview makes the card
 * in the browser by the function that makes the one that is sent.
 */

import { compiled, render } from '../render.ts'
import { entryOf } from '../storable.ts'
import type { OfficialAccountContent } from './content.ts'
import { fieldsOf, fitted } from './fields.ts'

/** A card as a provider sends it; `card` is what its reader sees. */
export type CardMessage = {
  templateId: string
  /** By the keys of the template. */
  data: Record<string, string>
  url?: string
  miniprogram?: { appid: string; pagepath?: string }
  card: {
    title: string
    lines: { label: string; value: string }[]
    /** What its last line offers. */
    jump: 'none' | 'url' | 'mini_program'
  }
}

type Values = Record<string, string>

const moment = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:[.,]\d{1,9})?(?:(?:Z| ?UTC)|([+-]\d\d):?(\d\d))$/
const chinaOffset = 8 * 3_600_000

/**
 * A moment that names its zone becomes the wall clock of China, which is what a reader there takes every time for. It would be
 * refused as it is, or cut right before its zone.
 */
export function inChina(value: string): string {
  const match = moment.exec(value.trim())
  if (!match) return value
  const [, day, minutes, seconds = ':00', hoursOff, minutesOff] = match
  const at = Date.parse(`${day}T${minutes}${seconds}${hoursOff ? `${hoursOff}:${minutesOff}` : 'Z'}`)
  if (Number.isNaN(at)) return value
  return new Date(at + chinaOffset).toISOString().slice(0, 19).replace('T', ' ')
}

/** Values are encoded in an address, so that they cannot change where it leads. */
const encoded = (value: string): string => encodeURIComponent(value.replace(/\p{Cs}/gu, ''))

/** The text of a field before it is made to fit. */
export const fieldText = (source: string, values: Values, declared: readonly string[]): string =>
  render(compiled(source, declared), values, inChina)

export const addressText = (source: string, values: Values, declared: readonly string[]): string =>
  render(compiled(source, declared), values, encoded)

export const sourceOf = ({ values }: Pick<OfficialAccountContent, 'values'>, key: string): string =>
  entryOf(values, key) ?? ''

function jumpOf({ jump }: OfficialAccountContent, values: Values, declared: readonly string[]) {
  if (jump.kind === 'url') return { url: addressText(jump.url, values, declared) }
  if (jump.kind === 'none') return {}
  const pagepath = addressText(jump.pagePath, values, declared)
  return { miniprogram: { appid: jump.appId, ...(pagepath ? { pagepath } : {}) } }
}

export function cardOf(content: OfficialAccountContent, values: Values, declared: readonly string[]): CardMessage {
  const { templateId, title, templateText, jump } = content
  const filled = fieldsOf(templateText).map(({ key, label, type }) => {
    const value = fitted(type, fieldText(sourceOf(content, key), values, declared))
    return { key, label, value, isHidden: type === 'hidden' }
  })
  const sent = filled.filter(({ isHidden, value }) => !isHidden || value !== '')
  return {
    templateId,
    data: Object.fromEntries(sent.map(({ key, value }) => [key, value])),
    ...jumpOf(content, values, declared),
    card: {
      title,
      lines: filled.flatMap(({ isHidden, label, value }) => (isHidden ? [] : [{ label, value }])),
      jump: jump.kind,
    },
  }
}
