/** What may enter: text that can be kept, values of a bounded depth, moments that have a form. */
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { entryOf, isStorable, isStorableJson, storable } from '#channels/storable.ts'
import { Json, Moment, Text, Trimmed } from '#channels/text.ts'
import { anyText } from '../support/any-text.ts'
import { expect, test } from '../support/make.ts'

const isTaken = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success

test('a text enters if and only if Postgres keeps it as it is', async ({ stage }) => {
  const texts = fc.sample(anyText({ maxLength: 12 }), 300)
  for (const text of texts.filter((one) => isTaken(Text(1000), one))) {
    const { rows } = await stage.db.execute<{ text: string }>(
      sql`select ${text}::text as text, ${JSON.stringify([text])}::jsonb`,
    )
    expect(rows[0]?.text).toBe(text)
  }
  expect(texts.filter((text) => isTaken(Text(1000), text) !== (text.isWellFormed() && !text.includes('\0')))).toEqual(
    [],
  )
  expect(texts.filter((text) => !isStorable(storable(text)))).toEqual([])
})

test('a value is refused for what it holds however deep, and for being too deep', () => {
  const nested = (depth: number) => Array.from({ length: depth }).reduce<unknown>((inner) => ({ inner }), 'x')
  expect([30, 33, 100_000].map((depth) => isTaken(Json, nested(depth)))).toEqual([true, false, false])
  for (const value of [{ a: [{ b: '\0' }] }, { '\ud800': 1 }, ['\udc00']]) expect(isStorableJson(value)).toBe(false)
  expect(isStorableJson({ a: [1, null, true, 'ok', undefined] })).toBe(true)
})

test('a moment has a place between 1970 and the last year of four digits', () => {
  const good = ['1970-01-01T00:00:00Z', '2026-11-22T18:02:11.031+08:00', '9999-12-30T23:59:59Z']
  const bad = [
    '0000-01-01T00:00:00Z',
    '1969-12-31T23:59:59Z',
    '9999-12-31T23:59:59-23:59',
    '2026-02-30T00:00:00Z',
    'now',
  ]
  expect([...good, ...bad].filter((text) => isTaken(Moment, text))).toEqual(good)
})

test('white space around a name does not count towards its length', () => {
  expect(Trimmed(3).parse('  abc \n')).toBe('abc')
})

test('what every object answers to is no entry', () => {
  expect(['constructor', '__proto__', 'toString', 'a'].map((name) => entryOf({ a: 1 }, name))).toEqual([
    ...[undefined, undefined, undefined, 1],
  ])
})
