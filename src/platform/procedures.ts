/**
 * The console's procedures, loaded once by this process. Next bundles its own copy of every module it imports, and a
 * second copy of the domain would not know what the first has registered; so the pages reach this one through a global.
 */
import type { AppRouter } from '#api/router.ts'
import type { createContext } from '#api/trpc.ts'
import type { Reference } from '#api/v1/reference.ts'

export type Procedures = {
  router: AppRouter
  createContext: typeof createContext
  /** What the documentation says of the HTTP API. */
  reference: Reference
}

const place = globalThis as typeof globalThis & { signetProcedures?: Procedures }

export function setProcedures(procedures: Procedures): void {
  place.signetProcedures = procedures
}

/** @throws Error outside the web process */
export function procedures(): Procedures {
  if (!place.signetProcedures) throw new Error('Pages are served by src/server.ts only.')
  return place.signetProcedures
}
