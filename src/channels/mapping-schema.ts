/** The form in which a template keeps where the values of its provider's variables come from; `mapping.ts` fills by it. */
import { z } from 'zod'
import type { ContentCode } from './problems.ts'
import { Text } from './text.ts'

const mostVariables = 50

/** Where the value of one variable of the provider's template comes from. */
const Source = z.union([z.strictObject({ variable: Text(40).min(1) }), z.strictObject({ constant: Text(500) })])
export type Source = z.infer<typeof Source>

/** By the names in the provider's template, or the numbers of its places. */
export const Mapping = z
  .record(z.string().regex(/^(?:[A-Za-z][A-Za-z0-9_]{0,63}|[1-9]\d?)$/), Source)
  .refine((mapping) => Object.keys(mapping).length <= mostVariables, {
    error: 'too_many_variables' satisfies ContentCode,
  })
export type Mapping = z.infer<typeof Mapping>
