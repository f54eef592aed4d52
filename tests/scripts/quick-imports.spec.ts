/** The short way to load packages loads what the long one does. */
import { execFileSync } from 'node:child_process'
import { expect, test } from '@playwright/test'
import { quickImports, root } from '../../scripts/steps/places.ts'
import { environmentWith } from '../support/environment.ts'

const addresses = ['drizzle-orm', 'drizzle-orm/pg-core', 'drizzle-orm/postgres-js', 'drizzle-orm/postgres-js/migrator']

/** Every file that is loaded for these addresses, in order, by `import` and then by `require`. */
const program = `
  import { createRequire, registerHooks } from 'node:module'
  registerHooks({
    load(url, context, next) {
      if (url.startsWith('file:')) console.log(context.format, url)
      return next(url, context)
    },
  })
  for (const address of ${JSON.stringify(addresses)}) await import(address)
  createRequire(import.meta.url)('drizzle-orm')
`

function loadedWith(...flags: string[]): string[] {
  const parameters = [...flags, '--input-type=module', '-e', program]
  const output = execFileSync(process.execPath, parameters, { cwd: root, env: environmentWith({}), encoding: 'utf8' })
  return output.trim().split('\n')
}

test('the same files are loaded, as the same kind of module', () => {
  const usual = loadedWith()
  expect(usual.length).toBeGreaterThan(100)
  expect(loadedWith(quickImports)).toEqual(usual)
})
