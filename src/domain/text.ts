/**
 * Text that Postgres keeps: without NUL and without halves of surrogate pairs, which would fail a whole batch of rows. And
 * names that people tell things apart by.
 */
import { z } from 'zod'

const halves = /\p{Cs}/gu

export const isStorable = (text: string): boolean => !text.includes('\0') && text.search(halves) === -1

/** Text of whatever kind that can be kept. */
export const Text = (longest: number) => z.string().max(longest).refine(isStorable)

/** The text with what cannot be kept left out. For words of others that must not get in the way. */
export const storable = (text: string): string => text.replaceAll('\0', '').replace(halves, '')

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
    .refine((name) => name === '' || (visible.test(name) && !unreadable.test(name)), { error: 'unreadable_name' })
