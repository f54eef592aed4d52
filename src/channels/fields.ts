/** The fields of a provider's config: one description for the form, the check, the mask and what is sealed. */
import { z } from 'zod'

/** How one field of an account is shown and kept. Labels and help are keys of `messages/*.json`, under `AccountField`. */
export type FieldMeta = {
  /** Key of its label and help text: `AccountField.<label>`, `AccountField.<label>Help`. */
  label: string
  /** Sealed at rest, write-only: never part of a view. */
  secret?: boolean
  /** Says where or as whom we connect: changing it asks for every secret again. */
  destination?: boolean
  /** How the form draws it; a text box unless said. */
  input?: 'text' | 'number' | 'select' | 'email'
  /** For `select`: the values, labelled `AccountField.<label>_<value>`. */
  options?: readonly string[]
  /** Shown under "advanced" in the form. */
  advanced?: boolean
  /** What the form of a new account starts with. */
  initial?: string | number
  /** For `select`: what choosing a value puts into other fields, as long as they hold one of these or nothing. */
  suggests?: Readonly<Record<string, Readonly<Record<string, string | number>>>>
}

const fields = z.registry<FieldMeta>()

/** Describes one field of a provider's config; returns the schema it was given. */
export function field<T extends z.ZodType>(schema: T, meta: FieldMeta): T {
  fields.add(schema, meta)
  return schema
}

export type FieldDescription = FieldMeta & { name: string; required: boolean }

/** The fields of a provider's config in order, as the form and the store need them. */
export function describeFields(config: z.ZodObject): FieldDescription[] {
  return Object.entries(config.shape).map(([name, schema]) => {
    const meta = fields.get(schema as z.ZodType)
    if (!meta) throw new Error(`The field "${name}" of a provider is not described with field().`)
    return {
      name,
      required: !(schema as z.ZodType).safeParse(undefined).success && !(schema as z.ZodType).safeParse('').success,
      ...meta,
    }
  })
}
