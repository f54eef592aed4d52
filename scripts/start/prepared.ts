/** Whether the database has been prepared by this very code with these very settings, so that a start can skip it. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sourceHash } from '../steps/build.ts'
import { inRoot } from '../steps/places.ts'
import { writeSafely } from '../steps/write-safely.ts'
import type { StartSettings } from './settings.ts'

const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/** Everything that the preparation depends on: code, migrations, settings, and which database it is. */
function fingerprint(settings: StartSettings): string {
  const { dataDir } = settings
  const migrations = readdirSync(inRoot('drizzle')).filter((name) => name.endsWith('.sql'))
  const sandbox = ['sandbox.ts', ...readdirSync(inRoot('scripts', 'sandbox')).map((name) => join('sandbox', name))]
  const parts = [
    sourceHash(),
    ...sandbox.map((name) => read(inRoot('scripts', name))),
    ...migrations.map((name) => read(inRoot('drizzle', name))),
    JSON.stringify(settings),
    ...[read(join(dataDir, 'simulator.json')), JSON.parse(read(join(dataDir, 'database.json')) || '{}').password ?? ''],
    process.env.SIGNET_MASTER_KEY ?? '',
  ]
  return createHash('sha256').update(parts.join('\0')).digest('hex')
}

const markerOf = (dataDir: string): string => join(dataDir, 'prepared')

/** Only an embedded database can be known like that: an outside one may be another by now. */
export function isPrepared(settings: StartSettings): boolean {
  if (settings.mode === 'outside') return false
  if (settings.mode === 'sandbox' && !existsSync(join(settings.dataDir, 'sandbox.json'))) return false
  return read(markerOf(settings.dataDir)) === fingerprint(settings)
}

/** Remembers that the preparation is done. */
export function markPrepared(settings: StartSettings): void {
  if (settings.mode !== 'outside') writeSafely(markerOf(settings.dataDir), fingerprint(settings))
}
