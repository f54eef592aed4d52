/**
 * The data folder, for one running start at a time. `processes.json` says who runs on it, so that what a killed start
 * left behind is recognised and ended by the next one.
 */
import { accessSync, constants, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { claim } from '../steps/claim.ts'
import { endProcess, isAlive, isGone, type Known, remember } from '../steps/processes.ts'
import { codeOf, Refusal } from '../steps/refusal.ts'
import { makePath, writeSafely } from '../steps/write-safely.ts'

type Running = { starter: Known; processes: Known[] }

export type DataFolder = {
  logOf(name: string): string
  /** Notes a process as ours, in place of an earlier one of that name. */
  note(process: Known): void
  release(): void
}

function makeFolder(dataDir: string): void {
  try {
    makePath(join(dataDir, 'logs'))
    accessSync(dataDir, constants.W_OK | constants.X_OK)
    accessSync(join(dataDir, 'logs'), constants.W_OK | constants.X_OK)
    const test = join(dataDir, `test.${process.pid}`)
    writeFileSync(test, 'x')
    rmSync(test)
  } catch (error) {
    if (codeOf(error) === 'ENOSPC') throw new Refusal(`There is no space left on the disk that holds ${dataDir}.`)
    throw new Refusal(
      `The data folder ${dataDir} cannot be written (${codeOf(error)}); SIGNET_DATA names another place for it.`,
    )
  }
}

function readRunning(file: string): Running | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

async function endLeftBehind(running: Running | undefined, log: (line: string) => void): Promise<void> {
  const alive = (running?.processes ?? []).filter(isAlive)
  if (alive.length === 0) return
  // They notice by themselves that their starter is gone, and finish what they have in hand.
  await wait(300)
  const still = alive.filter(isAlive)
  if (still.length > 0) log(`Stopping what an earlier start left behind: ${still.map(({ name }) => name).join(', ')}.`)
  await Promise.all(still.map((known) => endProcess(known, 15_000)))
}

/**
 * Takes the data folder for this process, making it if need be.
 * @throws Refusal when it cannot be written or another start runs on it
 */
export async function openDataFolder(dataDir: string, log: (line: string) => void): Promise<DataFolder> {
  makeFolder(dataDir)
  const file = join(dataDir, 'processes.json')
  const starter = remember('start', process.pid)
  const mine: Running = { starter: starter ?? { name: 'start', pid: process.pid, identity: 'unknown' }, processes: [] }
  while (!claim(file, JSON.stringify(mine))) {
    const other = readRunning(file)
    if (other && !(await isGone(other.starter, 500))) {
      throw new Refusal(
        `Signet already runs on the data folder ${dataDir} (process ${other.starter.pid}); stop it first, or set SIGNET_DATA to another folder.`,
      )
    }
    await endLeftBehind(other, log)
    rmSync(file, { force: true })
  }
  return {
    logOf: (name) => join(dataDir, 'logs', `${name}.log`),
    note(known) {
      mine.processes = [...mine.processes.filter(({ name }) => name !== known.name), known]
      writeSafely(file, JSON.stringify(mine))
    },
    release: () => rmSync(file, { force: true }),
  }
}
