/** What there is to document, of this process: asked for at each visit, so that nothing of it is made while building. */
import 'server-only'
import { connection } from 'next/server'
import type { Reference } from '#api/v1/reference.ts'
import { procedures } from '#platform/procedures.ts'

export async function loadReference(): Promise<Reference> {
  await connection()
  return procedures().reference
}
