/** One start at a time on a data folder, and the next one clears up after a killed one without touching anybody else. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openDataFolder } from '../../scripts/start/data-folder.ts'
import { environmentWith } from '../support/environment.ts'

const scripts = join(import.meta.dirname, '..', '..', 'scripts')
const started: ChildProcess[] = []
let dataDir = ''

test.beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'signet-data-')), 'data')
})
test.afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  rmSync(join(dataDir, '..'), { recursive: true, force: true })
})

/** A program that does nothing until it is ended. */
function idle(): ChildProcess {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' })
  started.push(child)
  return child
}

/** Another process that takes the data folder as a start does, and notes the given process as its own. */
async function takeElsewhere(noted?: number): Promise<ChildProcess> {
  const program = `
    const { openDataFolder } = await import(${JSON.stringify(join(scripts, 'start', 'data-folder.ts'))})
    const { remember } = await import(${JSON.stringify(join(scripts, 'steps', 'processes.ts'))})
    const folder = await openDataFolder(${JSON.stringify(dataDir)}, () => undefined)
    if (${noted ?? 0}) folder.note(remember('worker', ${noted ?? 0}))
    console.log('taken')
    setInterval(() => undefined, 1000)
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: environmentWith({}),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(child)
  if (child.stdout) await once(child.stdout, 'data')
  return child
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

test('a second start on a data folder is refused in a sentence while the first one runs', async () => {
  const first = await takeElsewhere()
  const second = spawn(process.execPath, [join(scripts, 'start.ts')], {
    env: environmentWith({ SIGNET_DATA: dataDir }),
  })
  let said = ''
  for (const stream of [second.stdout, second.stderr]) stream.on('data', (chunk) => (said += chunk))
  const [code] = await once(second, 'close')
  expect(code).toBe(1)
  expect(said).toBe(
    `Signet already runs on the data folder ${dataDir} (process ${first.pid}); stop it first, or set SIGNET_DATA to another folder.\n`,
  )
  expect(first.exitCode).toBeNull()
})

test('the folder is free again once the first start has been killed', async () => {
  await killed(await takeElsewhere())
  const folder = await openDataFolder(dataDir, () => undefined)
  folder.release()
  expect(existsSync(join(dataDir, 'processes.json'))).toBe(false)
})

test('what a killed start left running is ended by the next one', async () => {
  const leftBehind = idle()
  const gone = once(leftBehind, 'exit')
  await killed(await takeElsewhere(leftBehind.pid))
  const told: string[] = []
  const folder = await openDataFolder(dataDir, (line) => told.push(line))
  await gone
  expect(told).toEqual(['Stopping what an earlier start left behind: worker.'])
  folder.release()
})

test('a process that only has the number of one of ours is left alone', async () => {
  const stranger = idle()
  await killed(await takeElsewhere(stranger.pid))
  const file = join(dataDir, 'processes.json')
  const kept = JSON.parse(readFileSync(file, 'utf8'))
  kept.processes[0].identity = 'began at another time'
  writeFileSync(file, JSON.stringify(kept))
  const folder = await openDataFolder(dataDir, () => undefined)
  expect(stranger.exitCode).toBeNull()
  expect(stranger.signalCode).toBeNull()
  folder.release()
})

test('a half written list of processes does not stand in the way', async () => {
  await killed(await takeElsewhere())
  writeFileSync(join(dataDir, 'processes.json'), '{"starter":{"na')
  const folder = await openDataFolder(dataDir, () => undefined)
  folder.release()
})
