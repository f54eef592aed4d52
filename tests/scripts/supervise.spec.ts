/** What dies is started again; what is told to stop stays stopped. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from '@playwright/test'
import { type Running, supervise } from '../../scripts/start/supervise.ts'

const children: ChildProcess[] = []
test.afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** A real process that runs until it is ended. */
async function idle(): Promise<Running & { child: ChildProcess }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' })
  children.push(child)
  await once(child, 'spawn')
  const ended = once(child, 'exit').then(([code, signal]) => String(signal ?? code))
  const end = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  return { child, pid: child.pid ?? 0, ended, stop: end, kill: () => void child.kill('SIGKILL') }
}

const runs = () => children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null).length

test('a service that dies is started again, and says so', async () => {
  const told: string[] = []
  const service = await supervise({ name: 'The worker', start: idle, tell: (line) => told.push(line) })
  children[0]?.kill('SIGKILL')
  await expect
    .poll(() => told)
    .toEqual(['The worker stopped (SIGKILL); starting it again in 0.5 s.', 'The worker runs again.'])
  expect(runs()).toBe(1)
  await service.stop()
  expect(runs()).toBe(0)
})

test('it waits longer each time a service does not come up', async () => {
  const told: string[] = []
  const start = async (): Promise<Running> => {
    if (children.length > 0) throw new Error('no memory')
    return idle()
  }
  const service = await supervise({ name: 'The web', start, tell: (line) => told.push(line) })
  children[0]?.kill('SIGKILL')
  await expect
    .poll(() => told)
    .toEqual([
      'The web stopped (SIGKILL); starting it again in 0.5 s.',
      'The web could not be started: no memory',
      'The web stopped (it did not start); starting it again in 1 s.',
      'The web could not be started: no memory',
      'The web stopped (it did not start); starting it again in 2 s.',
    ])
  await service.stop()
})

test('a first start that fails is told to the caller and not repeated', async () => {
  const start = (): Promise<Running> => Promise.reject(new Error('no such file'))
  await expect(supervise({ name: 'The web', start, tell: () => undefined })).rejects.toThrow('no such file')
})

test('a service that is told to stop while it waits to start again stays stopped', async () => {
  const told: string[] = []
  const service = await supervise({ name: 'The worker', start: idle, tell: (line) => told.push(line) })
  children[0]?.kill('SIGKILL')
  await expect.poll(() => told.length).toBe(1)
  await service.stop()
  expect(children).toHaveLength(1)
  expect(told).toHaveLength(1)
})

test('a service that is asked to starts again at once, without a word of having died', async () => {
  const told: string[] = []
  const service = await supervise({ name: 'The web', start: idle, tell: (line) => told.push(line) })
  await service.restart()
  await expect.poll(() => told).toEqual(['The web runs again.'])
  expect(children).toHaveLength(2)
  expect(runs()).toBe(1)
  await service.stop()
  expect(runs()).toBe(0)
})

test('what is asked for while a service starts again is not lost: the last start is younger than the last wish', async () => {
  const told: string[] = []
  let begin: () => void = () => undefined
  const held = new Promise<void>((done) => {
    begin = done
  })
  let starts = 0
  const start = async (): Promise<Running> => {
    starts += 1
    if (starts === 2) await held
    return idle()
  }
  const service = await supervise({ name: 'The web', start, tell: (line) => told.push(line) })
  await service.restart()
  await expect.poll(() => starts).toBe(2)
  await service.restart()
  begin()
  await expect.poll(() => starts).toBe(3)
  await expect.poll(runs).toBe(1)
  await service.stop()
})

test('a service that does not come up starts as soon as it is asked to', async () => {
  const told: string[] = []
  let isBroken = false
  const start = async (): Promise<Running> => {
    if (isBroken) throw new Error('a typo')
    return idle()
  }
  const service = await supervise({ name: 'The web', start, tell: (line) => told.push(line) })
  isBroken = true
  await service.restart()
  await expect.poll(() => told.length).toBeGreaterThan(1)
  isBroken = false
  await service.restart()
  await expect.poll(() => told.at(-1)).toBe('The web runs again.')
  await service.stop()
})
