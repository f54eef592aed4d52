/** Runs a program to its end and keeps what it said. */
import { type SpawnOptions, spawn } from 'node:child_process'

export type Outcome = { code: number; output: string }

/**
 * Resolves when the program has ended, whatever its exit code; a program that cannot be run, is ended by a signal or
 * outlives `timeout` milliseconds has the code 1. Aborting `signal` ends it.
 */
export function run(
  command: string,
  parameters: readonly string[],
  options: SpawnOptions & { onStart?(pid: number): void } = {},
): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(command, parameters, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk: Buffer): void => {
      output += chunk.toString()
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    if (child.pid) options.onStart?.(child.pid)
    child.on('error', (error) => {
      if (child.pid === undefined) done({ code: 1, output: error.message })
    })
    child.on('close', (code) => done({ code: code ?? 1, output }))
  })
}

/** The last lines of what a program said. */
export function lastLines(output: string, count = 20): string {
  return output.trimEnd().split('\n').slice(-count).join('\n')
}
