/** Where things are in the checkout. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export const root = join(import.meta.dirname, '..', '..')
export const inRoot = (...parts: string[]): string => join(root, ...parts)

/** The flag of Node that shortens the loading of a program. */
export const quickImports = `--import=${pathToFileURL(inRoot('scripts', 'steps', 'quick-imports.ts'))}`
