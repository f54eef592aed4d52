/** What the renderer finds in a source, as a problem of the field that holds the source. Pure. */

import type { ContentProblem } from './contract.ts'
import type { Finding } from './render.ts'

const codes: Record<Finding['kind'], string> = {
  unknown_variable: 'unknown_variable',
  unclosed_variable: 'unclosed_variable',
  misspelt_hint: 'misspelt_variable',
}

/** It has `name`, `line`, `column`, `offset`, `length` and, where a declared name is near, `nearest`. */
export const sourceProblem = (path: string, { kind, severity, ...place }: Finding): ContentProblem => ({
  path,
  code: codes[kind],
  severity,
  params: { ...place },
})
