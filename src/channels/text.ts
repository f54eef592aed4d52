/** What enters from outside and is kept or asked for: text that Postgres takes, names that people tell things apart by, moments. */
import { z } from 'zod'
import type { ContentCode } from './problems.ts'
import { isStorable, isStorableJson } from './storable.ts'

/** Text of whatever kind that can be kept. */
export const Text = (longest: number) => z.string().max(longest).refine(isStorable)

/** The same without the white space around it. */
export const Trimmed = (longest: number) => z.string().trim().max(longest).refine(isStorable)

/** A value that is understood later, by what knows its form: whatever is in it can be kept. */
export const Json = z.unknown().refine(isStorableJson)

/** First and last moment that anything here can be of: what is before or after is a mistake, and may have no form to keep it in. */
const [earliest, latest] = [Date.UTC(1970, 0, 1), Date.UTC(9999, 11, 31)]

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

/** A name as it is shown in lists: one line, with something to see in it. */
export const Name = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((name) => name === '' || (visible.test(name) && !unreadable.test(name)), {
      error: 'unreadable_name' satisfies ContentCode,
    })
