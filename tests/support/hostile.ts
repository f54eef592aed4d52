/** Values that nobody means: each input with one of them in each of its places, one place at a time. */
import { z } from 'zod'

const long = 'x'.repeat(70_000)
const deep = Array.from({ length: 400 }).reduce<unknown>((inner) => [inner], 'x')

/** What has failed a statement, a lookup or a walk somewhere, and the like of it. */
export const hostileTexts: readonly string[] = [
  ...['', '\0', 'a\0b', '\ud800', 'a\udc00b', '\u202e\ufeff', '👩‍👩‍👧‍👦', '__proto__', 'constructor', 'toString'],
  ...["'; drop table app; --", '%', '%00', '%ZZ', '\\u0000', '${code}', '../../etc/passwd', 'NaN', 'null', long],
  ...['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999-23:59', '2026-02-30T00:00:00Z', '+275760-09-13T00:00:00Z'],
  ...['1969-12-31T23:59:59Z', '11111111-1111-1111-1111-111111111111', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'],
  ...['before:ffffffff-ffff-ffff-ffff-ffffffffffff', '::ffff:999.1.1.1', '::1%eth0', 'a@b@c', '+86', '１２３'],
]
const hostile: readonly unknown[] = [
  ...hostileTexts,
  ...[null, true, -1, 0.5, 2 ** 53, 1e308, [], {}, [null], ['\0'], deep, { '\0': '\0' }],
  ...[JSON.parse('{"__proto__":{"admin":true},"constructor":"x","toString":"y"}')],
]

/** A value of a schema's input, of as many fields as there are. `unknown` is left empty. */
export function sampleOf(schema: z.ZodType): unknown {
  return sampled(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Form)
}

type Form = {
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Form[]
  properties?: Record<string, Form>
  items?: Form
  minimum?: number
  minItems?: number
}

function sampled(form: Form): unknown {
  if (form.const !== undefined) return form.const
  if (form.enum) return form.enum[0]
  if (form.anyOf?.[0]) return sampled(form.anyOf[0])
  if (form.properties) {
    return Object.fromEntries(Object.entries(form.properties).map(([name, inner]) => [name, sampled(inner)]))
  }
  const type = [form.type].flat()[0]
  if (type === 'array') return form.items ? [sampled(form.items)] : []
  if (type === 'object') return {}
  if (type === 'integer' || type === 'number') return Math.max(1, form.minimum ?? 1)
  if (type === 'boolean') return true
  if (form.format === 'uuid') return '0193a5c2-7e11-7c39-a2f0-6f1d2c3b4a59'
  if (form.format === 'date-time') return '2026-11-22T10:02:11Z'
  return form.format === 'email' ? 'x@example.com' : 'login'
}

/** The value with each of its places, itself the first, replaced by each hostile value; and with names that it does not have. */
export function* mutations(value: unknown): Generator<unknown> {
  yield* hostile
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) for (const one of mutations(inner)) yield value.with(index, one)
    yield Array.from({ length: 3000 }, () => value[0] ?? 'x')
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      for (const one of mutations(inner)) yield { ...value, [name]: one }
    }
    for (const name of hostileTexts) yield Object.defineProperty({ ...value }, name, { value: 'x', enumerable: true })
  }
}
