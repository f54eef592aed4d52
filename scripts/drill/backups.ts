/** The two ways of docs/operating.md to keep a copy: of the embedded database its stopped folder, of another server a dump. */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { startDatabase } from '../embedded-database.ts'
import { complain } from '../steps/progress.ts'
import { Refusal } from '../steps/refusal.ts'
import { run } from '../steps/run.ts'

/** Where an installation lives: its database, and its keys in a file. */
export type Place = { url: string; settings: Record<string, string> }

export type Backups = {
  way: string
  first: Place
  /** Keeps a copy of the first place, while nothing of Signet runs. */
  keep(): Promise<void>
  /** Another place, made of that copy alone. */
  restore(): Promise<Place>
  remove(): Promise<void>
}

const keys = 'master.keys'

async function command(name: string, ...parameters: string[]): Promise<void> {
  const { code, output } = await run(name, parameters)
  if (code !== 0) throw new Refusal(`${name} failed. ${output.trim()}`)
}

/** Folders that the database's account can enter. */
function folderFor(masterKey: string) {
  const root = mkdtempSync(join(tmpdir(), 'signet-drill-'))
  const [first, copy, other] = ['first', 'copy', 'other'].map((name) => join(root, name)) as [string, string, string]
  mkdirSync(first)
  for (const folder of [root, first]) chmodSync(folder, 0o711)
  writeFileSync(join(first, keys), `${masterKey}\n`, { mode: 0o600 })
  return { root, first, copy, other }
}

/** The data folder, copied with all that it says of itself while the database stands still. */
export async function folderBackups(masterKey: string): Promise<Backups> {
  const { root, first, copy, other } = folderFor(masterKey)
  let server = await startDatabase({ dataDir: first, log: complain })
  const placeOf = (dataDir: string): Place => ({
    url: server.url,
    settings: { SIGNET_KEY_FILE: join(dataDir, keys), SIGNET_DATA_ID: String(statSync(dataDir).ino) },
  })
  return {
    way: 'a copy of the data folder',
    first: placeOf(first),
    async keep() {
      await server.stop()
      await command('cp', '-a', first, copy)
      server = await startDatabase({ dataDir: first, log: complain, port: server.port })
    },
    async restore() {
      await server.stop()
      rmSync(first, { recursive: true })
      await command('cp', '-a', copy, other)
      server = await startDatabase({ dataDir: other, log: complain })
      return placeOf(other)
    },
    async remove() {
      await server.stop()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** @param server of a user who may make databases; `pg_dump` and `pg_restore` are of its version or newer */
export async function dumpBackups(masterKey: string, server: string): Promise<Backups> {
  const { root, first, copy, other } = folderFor(masterKey)
  const admin = postgres(server, { max: 1, onnotice: () => undefined })
  const made: string[] = []
  const makeDatabase = async (): Promise<string> => {
    const name = `signet_drill_${process.pid}_${made.length}`
    await admin.unsafe(`create database ${name}`)
    made.push(name)
    return Object.assign(new URL(server), { pathname: `/${name}` }).href
  }
  const placeOf = (url: string, folder: string): Place => ({ url, settings: { SIGNET_KEY_FILE: join(folder, keys) } })
  const url = await makeDatabase()
  return {
    way: 'pg_dump',
    first: placeOf(url, first),
    async keep() {
      mkdirSync(copy)
      cpSync(join(first, keys), join(copy, keys))
      await command('pg_dump', '--format=custom', `--file=${join(copy, 'dump')}`, url)
    },
    async restore() {
      rmSync(first, { recursive: true })
      mkdirSync(other)
      cpSync(join(copy, keys), join(other, keys))
      const restored = await makeDatabase()
      await command('pg_restore', '--exit-on-error', '--no-owner', `--dbname=${restored}`, join(copy, 'dump'))
      return placeOf(restored, other)
    },
    async remove() {
      for (const name of made) await admin.unsafe(`drop database if exists ${name} with (force)`)
      await admin.end()
      rmSync(root, { recursive: true, force: true })
    },
  }
}
