/** The repository's own files, and what each of them imports. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** What git keeps or would keep, as paths from the root. */
export function repositoryFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  return [...new Set(listed.toString().split('\0'))].filter((path) => path !== '' && existsSync(join(root, path)))
}

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')
export const isLarge = (path: string): boolean => statSync(join(root, path)).size > 2_000_000

export type Import = {
  /** A path from the root (`src/db/client.ts`), or the name of a package (`zod`, `node:fs`). */
  to: string
  isOwn: boolean
  /** Whether it is gone once the types are stripped. */
  isType: boolean
  isDynamic: boolean
}

const fromClause = /^(?:import|export)\s+(type\s)?(?:[\w*\s{},$]|'[^']*')*?\sfrom\s+'([^']+)'/gm
const sideEffect = /^import\s+'([^']+)'/gm
const dynamic = /\bimport\(\s*'([^']+)'/g
const typeQuery = /\btypeof import\(\s*'([^']+)'/g

function targetOf(file: string, specifier: string): Pick<Import, 'to' | 'isOwn'> {
  if (specifier.startsWith('#')) return { to: `src/${specifier.slice(1)}`, isOwn: true }
  if (specifier.startsWith('.')) return { to: posix.join(posix.dirname(file), specifier), isOwn: true }
  if (specifier.startsWith('node:')) return { to: specifier, isOwn: false }
  return {
    to: specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/'),
    isOwn: false,
  }
}

/** Everything a file of ours imports, statically or not. */
export function importsOf(file: string, text = textOf(file)): Import[] {
  const of = (specifier: string | undefined, isType: boolean, isDynamic: boolean): Import => ({
    ...targetOf(file, specifier ?? ''),
    isType,
    isDynamic,
  })
  const queried = new Set([...text.matchAll(typeQuery)].map(([, specifier]) => specifier))
  return [
    ...[...text.matchAll(fromClause)].map(([, type, specifier]) => of(specifier, type !== undefined, false)),
    ...[...text.matchAll(sideEffect)].map(([, specifier]) => of(specifier, false, false)),
    ...[...text.matchAll(dynamic)].map(([, specifier]) => of(specifier, queried.has(specifier), true)),
  ]
}
