/** In development a changed file starts again the programs that run it, and no other. */
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { programsOf } from '../../scripts/start/follow-sources.ts'

for (const [file, programs] of [
  ['domain/apps.ts', ['web', 'worker']],
  ['db/schema/app.ts', ['web', 'worker']],
  ['api/apps.ts', ['web']],
  ['server.ts', ['web']],
  ['worker.ts', ['worker']],
  ['simulator/inbox.ts', ['simulator']],
  ['app/layout.tsx', []],
  ['app/styles/base.css', []],
  ['domain/.apps.ts.swp', []],
] as const) {
  test(`src/${file} starts ${programs.join(' and ') || 'nothing'} again`, () => {
    expect(programsOf(join(...file.split('/')))).toEqual(programs)
  })
}
