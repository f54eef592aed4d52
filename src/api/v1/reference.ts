/** The OpenAPI document as a page of documentation shows it: calls with their fields, samples of what goes out and comes back. */
import { testEndings } from '#domain/sending/deliver/outcome.ts'
import { problemKinds } from './problem.ts'

/** `name` is the path within the body, such as `messages[].id`. Descriptions have code between backticks. */
export type Field = { name: string; type: string; isSure: boolean; description: string }

export type Call = {
  /** Its anchor. */
  id: string
  verb: string
  path: string
  summary: string
  description: string
  parameters: Field[]
  body: { fields: Field[]; example: unknown } | null
  answer: { status: string; fields: Field[]; example: unknown }
  /** Statuses of the problems that it may answer with. */
  problems: string[]
}

export type Reference = {
  url: string
  calls: Call[]
  problems: typeof problemKinds
  problemFields: Field[]
  /** How a recipient of a test key says what becomes of its message. */
  testEndings: [ending: string, digits: string][]
}

type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  example?: unknown
  additionalProperties?: Schema | boolean
}
type Content = Record<string, { schema?: Schema }>
type Operation = {
  summary?: string
  description?: string
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[]
  requestBody?: { content: Content }
  responses?: Record<string, { content?: Content }>
}

/** As `@hono/zod-openapi` writes it. */
export type OpenApiDocument = { paths?: object; components?: { schemas?: object } }

export function referenceOf(document: OpenApiDocument, url: string): Reference {
  const reader = readerOf((document.components?.schemas ?? {}) as Record<string, Schema>)
  const paths = Object.entries((document.paths ?? {}) as Record<string, Record<string, Operation>>)
  return {
    url,
    calls: paths.flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([verb, operation]) => callOf(verb, path, operation, reader)),
    ),
    problems: problemKinds,
    problemFields: reader.fields({ $ref: '#/Problem' }),
    testEndings: Object.entries(testEndings),
  }
}

type Reader = ReturnType<typeof readerOf>

function callOf(verb: string, path: string, operation: Operation, { fields, typeOf, exampleOf }: Reader): Call {
  const body = operation.requestBody?.content['application/json']?.schema
  const answers = Object.entries(operation.responses ?? {})
  const [status, answer] = answers.find(([code]) => code.startsWith('2')) ?? ['200', {}]
  const answered = answer.content?.['application/json']?.schema
  return {
    id: `${verb}${path.replace(/[^a-z0-9]+/gi, '-')}`.replace(/-$/, ''),
    verb: verb.toUpperCase(),
    path,
    summary: operation.summary ?? '',
    description: operation.description ?? '',
    parameters: (operation.parameters ?? []).map(({ name, required, description, schema = {} }) => ({
      name,
      type: typeOf(schema),
      isSure: required ?? false,
      description: description ?? schema.description ?? '',
    })),
    body: body ? { fields: fields(body), example: exampleOf(body) } : null,
    answer: { status, fields: fields(answered), example: exampleOf(answered) },
    problems: answers.map(([code]) => code).filter((code) => !code.startsWith('2')),
  }
}

function readerOf(schemas: Record<string, Schema>) {
  const resolve = (schema: Schema = {}): Schema =>
    schema.$ref ? (schemas[schema.$ref.split('/').pop() ?? ''] ?? {}) : schema

  const typeOf = (schema: Schema): string => {
    if (schema.enum) return schema.enum.map(String).join(' | ')
    if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(' | ')
    if (schema.type === 'array') return `${typeOf(schema.items ?? {})}[]`
    if (schema.$ref) return 'object'
    if (typeof schema.additionalProperties === 'object') return `map of ${typeOf(schema.additionalProperties)}`
    return [schema.type].flat().filter(Boolean).join(' | ') + (schema.format ? ` (${schema.format})` : '')
  }

  /** A line for each field, and for each field of what it holds. */
  const fields = (schema: Schema | undefined, within = ''): Field[] => {
    const { properties = {}, required = [] } = resolve(schema)
    return Object.entries(properties).flatMap(([key, property]) => {
      const whole = resolve(property)
      const name = `${within}${key}${whole.type === 'array' ? '[]' : ''}`
      const line = {
        name,
        type: typeOf(property),
        isSure: required.includes(key),
        description: property.description ?? '',
      }
      return [line, ...fields(whole.type === 'array' ? whole.items : whole, `${name}.`)]
    })
  }

  /** What a schema says of itself, else the least that fits it. */
  const exampleOf = (schema: Schema | undefined): unknown => {
    const whole = resolve(schema)
    if (whole.example !== undefined) return whole.example
    if (whole.const !== undefined) return whole.const
    if (whole.enum) return whole.enum[0]
    if (whole.anyOf) return exampleOf(whole.anyOf.find(({ type }) => type === 'null') ?? whole.anyOf[0])
    if (whole.type === 'array') return [exampleOf(whole.items)]
    if (whole.properties) {
      return Object.fromEntries(Object.entries(whole.properties).map(([key, property]) => [key, exampleOf(property)]))
    }
    if ([whole.type].flat().includes('null')) return null
    return { boolean: true, integer: 0, number: 0, object: {} }[String(whole.type)] ?? 'string'
  }
  return { fields, typeOf, exampleOf }
}
