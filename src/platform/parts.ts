/** The parts of this process, composed once. Next bundles its own copy of every module, so they stand in the one global. */
import type { Parts } from './compose.ts'

const place = globalThis as typeof globalThis & { signetParts?: Parts }

export const setParts = (parts: Parts): Parts => {
  place.signetParts = parts
  return parts
}

/** @throws Error before the process has composed its parts */
export function parts(): Parts {
  if (!place.signetParts)
    throw new Error('The parts of this process are not composed yet. Start it with src/server.ts.')
  return place.signetParts
}
