/** Builds the console when its sources are others than those of the last build, once however many ask for it. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { claim } from './claim.ts'
import { inRoot, root } from './places.ts'
import { isAlive, type Known, remember } from './processes.ts'
import { step } from './progress.ts'
import { Refusal } from './refusal.ts'
import { lastLines, run } from './run.ts'
import { writeSafely } from './write-safely.ts'

const sources = ['src', 'messages', 'public', 'next.config.mjs', 'package-lock.json', 'tsconfig.json']
const marker = inRoot('.next', 'signet-build')
const lock = inRoot('node_modules', '.cache', 'signet-build.lock')

function filesIn(path: string): string[] {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort()
}

/** A hash over everything that the build reads. */
export function sourceHash(): string {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesIn(inRoot(source)))) {
    const content = readFileSync(file)
    hash.update(`${file.slice(root.length)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

function isFresh(hash: string): boolean {
  return existsSync(marker) && readFileSync(marker, 'utf8') === hash
}

async function lockBuild(): Promise<() => void> {
  mkdirSync(dirname(lock), { recursive: true })
  const mine = JSON.stringify(remember('build', process.pid) ?? {})
  while (!claim(lock, mine)) {
    const holder = readHolder()
    if (holder && isAlive(holder)) await wait(250)
    else rmSync(lock, { force: true })
  }
  return () => rmSync(lock, { force: true })
}

function readHolder(): Known | undefined {
  try {
    return JSON.parse(readFileSync(lock, 'utf8'))
  } catch {
    return undefined
  }
}

async function build(hash: string, signal?: AbortSignal): Promise<void> {
  rmSync(marker, { force: true })
  const { PATH, HOME, TMPDIR, SystemRoot, NODE_OPTIONS, LANG } = process.env
  const { code, output } = await run(
    process.execPath,
    [inRoot('node_modules', 'next', 'dist', 'bin', 'next'), 'build'],
    {
      cwd: root,
      signal,
      onStart: (pid) => writeSafely(lock, JSON.stringify(remember('build', pid) ?? {})),
      env: {
        ...{ PATH, HOME, TMPDIR, SystemRoot, NODE_OPTIONS, LANG },
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        NO_COLOR: '1',
      },
    },
  )
  if (signal?.aborted) throw new Refusal('The build was stopped.')
  if (code !== 0) throw new Refusal(`The console could not be built:\n${lastLines(output, 40)}`)
  writeFileSync(marker, hash)
}

/** Builds the console unless the last build is of the same sources; nothing is said when there is nothing to do. */
export async function ensureBuild(signal?: AbortSignal): Promise<void> {
  if (isFresh(sourceHash())) return
  await step('Building the console', async () => {
    const unlock = await lockBuild()
    try {
      const hash = sourceHash()
      if (!isFresh(hash)) await build(hash, signal)
    } finally {
      unlock()
    }
  })
}
