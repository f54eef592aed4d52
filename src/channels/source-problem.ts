/** What the renderer finds in a source, as a problem of the field that holds the source. Pure. */

import type { ContentProblem } from './problems.ts'
import type { Finding } from './render.ts'

/** Its params are `name`, `line`, `column`, `offset`, `length` and, where a declared name is similar, `nearest`. */
export const sourceProblem = (path: string, { kind, severity, ...place }: Finding): ContentProblem => ({
  path,
  code: kind,
  severity,
  params: { ...place },
})
