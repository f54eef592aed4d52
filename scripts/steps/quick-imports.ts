/**
 * Loaded before a program (`node --import`). To learn the format of a file Node reads the scope of its package anew, with the
 * whole map of exports, for every file: drizzle-orm's map is 130 KB, which takes each process half a second of processor
 * time. Here its files are known to be modules, and each of its addresses is looked up once.
 */
import { registerHooks } from 'node:module'

const within = '/node_modules/drizzle-orm/'
const known = new Map<string, { url: string; format: 'module'; shortCircuit: true }>()

registerHooks({
  resolve(specifier, context, next) {
    const isFile = specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.includes(within)
    if (isFile) return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true }
    const isAddress = /^drizzle-orm(\/|$)/.test(specifier) && context.conditions.includes('import')
    if (!isAddress) return next(specifier, context)
    const found = known.get(specifier)
    if (found) return found
    const resolved = next(specifier, context)
    if (resolved.format === 'module') known.set(specifier, { url: resolved.url, format: 'module', shortCircuit: true })
    return resolved
  },
})
