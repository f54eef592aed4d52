/** Reads what vendors answer and push, where any field may be missing or of another kind. */
import type { ReviewState } from '#channels/answers.ts'

/** An object of an answer. */
export type Fields = Record<string, unknown>

export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object; an empty one for what is none. */
export const objectOf = (value: unknown): Fields => (isFields(value) ? value : {})

/** The objects in a list; none in what is no list. */
export const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : [])

/** The items of a push in JSON, which may be one alone; undefined for what is no JSON of that form. */
export function pushedItems(body: string): Fields[] | undefined {
  try {
    const pushed: unknown = JSON.parse(body)
    return typeof pushed === 'object' && pushed !== null ? listOf(Array.isArray(pushed) ? pushed : [pushed]) : undefined
  } catch {
    return undefined
  }
}

/** The first item of each name, but an approved one where there is one: items move between pages while these are read. */
export function onceEach<T extends { state: ReviewState }>(items: readonly T[], nameOf: (item: T) => string): T[] {
  const kept = new Map<string, T>()
  for (const item of items) {
    const before = kept.get(nameOf(item))
    if (!before || (item.state === 'approved' && before.state !== 'approved')) kept.set(nameOf(item), item)
  }
  return [...kept.values()]
}

/** A wall-clock time of China. */
export function chinaTime(written: unknown): Date | undefined {
  const match = /^\s*(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})/.exec(textOf(written))
  const at = match ? new Date(`${match[1]}T${match[2]}+08:00`) : undefined
  return at && !Number.isNaN(at.getTime()) ? at : undefined
}
