/** Runs Playwright and answers what came of it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Summary } from '../../tests/support/reporter.ts'
import { inRoot, quickImports, root } from './places.ts'

export type { Summary }

/** The environment of specs: without the person's own settings, which must not reach a test. */
function environmentOf(extra: Record<string, string>): NodeJS.ProcessEnv {
  const isOwn = (name: string): boolean =>
    name === 'DATABASE_URL' || name === 'PORT' || (name.startsWith('SIGNET_') && name !== 'SIGNET_CHROMIUM')
  const kept = Object.entries(process.env).filter(([name]) => !isOwn(name))
  const options = [process.env.NODE_OPTIONS, quickImports].filter(Boolean).join(' ')
  return { ...Object.fromEntries(kept), NODE_ENV: 'test', NODE_OPTIONS: options, ...extra }
}

/** Runs the specs that the parameters choose. `quiet` keeps what they say for the answer. */
export async function runPlaywright(
  parameters: readonly string[],
  { environment, signal, quiet }: { environment: Record<string, string>; signal: AbortSignal; quiet?: boolean },
): Promise<{ code: number; summary: Summary; output: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'signet-summary-'))
  const file = join(folder, 'summary.json')
  const cli = inRoot('node_modules', '@playwright', 'test', 'cli.js')
  const child: ChildProcess = spawn(process.execPath, [cli, 'test', ...parameters], {
    cwd: root,
    env: environmentOf({ ...environment, SIGNET_TEST_SUMMARY: file }),
    detached: process.platform !== 'win32',
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
  })
  const stop = (): void => void child.kill('SIGINT')
  signal.addEventListener('abort', stop, { once: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const code = await new Promise<number>((done) => {
    child.on('error', () => done(1))
    child.on('close', (exitCode) => done(exitCode ?? 1))
  })
  signal.removeEventListener('abort', stop)
  const nothing: Summary = { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  const summary: Summary = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : nothing
  rmSync(folder, { recursive: true, force: true })
  return { code, summary, output }
}

/** The plain line that every run of specs ends with. */
export function closingLine({ passed, failed, skipped }: Summary): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
