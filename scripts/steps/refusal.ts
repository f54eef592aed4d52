/** The way a command gives up: with sentences for the person, and a stack only where the fault is the program's. */
import { SettingsError } from '#platform/env.ts'
import { complain } from './progress.ts'

/** An expected reason not to go on; its message is shown as it is. */
export class Refusal extends Error {}

/** The operating system's code of an error (`EACCES`), or an empty text. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Says why a command ends early. */
export function explain(error: unknown): void {
  if (error instanceof Refusal || error instanceof SettingsError) complain(error.message)
  else if (codeOf(error) === 'ENOSPC') complain('There is no space left on the disk.')
  else complain(error instanceof Error ? (error.stack ?? error.message) : String(error))
}
