/** Schemas of input from outside: text that Postgres can store, names, moments. */
import { z } from 'zod'
import type { ContentCode } from './problems.ts'
import { isStorable, isStorableJson } from './storable.ts'

/** Any text that can be stored. */
export const Text = (longest: number) => z.string().max(longest).refine(isStorable)

/** The same, trimmed. */
export const Trimmed = (longest: number) => z.string().trim().max(longest).refine(isStorable)

/** A value whose form is checked later, by its channel or provider. All of it can be stored. */
export const Json = z.unknown().refine(isStorableJson)

/** Moments outside of this range are mistakes, and some of them Postgres cannot store. */
const [earliest, latest] = [Date.UTC(1970, 0, 1), Date.UTC(9999, 11, 31)]

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

/** A time zone that this runtime knows, or UTC. */
export const Zone = z.string().max(60).refine(isZone).catch('UTC')

/** A moment with the offset of its place (RFC 3339). */
export const Moment = z.iso.datetime({ offset: true, abort: true }).refine(
  (text) => {
    const moment = Date.parse(text)
    return moment >= earliest && moment <= latest
  },
  { error: 'invalid_datetime' satisfies ContentCode },
)

/** Control characters, line breaks, and signs that turn the direction of what stands around them. */
const unreadable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u

/** A name as lists show it: one line with at least one visible character. */
export const Name = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((name) => name === '' || (visible.test(name) && !unreadable.test(name)), {
      error: 'unreadable_name' satisfies ContentCode,
    })
