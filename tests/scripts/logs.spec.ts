/** Logs are read along without losing a line, and of their errors the terminal shows each once, shortly. */
import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { errorLine } from '../../scripts/start/error-line.ts'
import { followLog, rotateLog } from '../../scripts/steps/log-file.ts'

let folder = ''
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signet-logs-'))
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('lines that are added are told whole, however they are written and whatever they hold', async () => {
  const file = join(folder, 'a.log')
  writeFileSync(file, 'from an earlier run\n')
  const lines: string[] = []
  const following = followLog(file, (line) => lines.push(line))
  appendFileSync(file, 'one\nhalf of ')
  const long = '汉字🎉'.repeat(20_000)
  appendFileSync(file, `two\n${long}\nunfinished`)
  await expect.poll(() => lines.length).toBe(3)
  following.stop()
  expect(lines).toEqual(['one', 'half of two', long])
})

test('what was written just before the end is told', () => {
  const file = join(folder, 'a.log')
  writeFileSync(file, '')
  const lines: string[] = []
  const following = followLog(file, (line) => lines.push(line))
  appendFileSync(file, 'the reason\n')
  following.stop()
  expect(lines).toEqual(['the reason'])
})

test('a new log keeps the one before it, and no more', () => {
  const file = join(folder, 'a.log')
  for (const content of ['first', 'second', 'third']) {
    rotateLog(file)
    writeFileSync(file, content)
  }
  expect(readFileSync(file, 'utf8')).toBe('third')
  expect(readFileSync(`${file}.1`, 'utf8')).toBe('second')
  expect(existsSync(`${file}.2`)).toBe(false)
})

test('the terminal shows errors in short form, each once', () => {
  const told: string[] = []
  const listen = errorLine('worker', (line) => told.push(line))
  listen('{"level":30,"msg":"worker ready"}')
  listen('not JSON at all')
  listen('{"level":50,"msg":')
  for (let times = 0; times < 3; times++) {
    listen('{"level":50,"msg":"a job failed","err":{"message":"no route\\nand a stack"}}')
  }
  listen('{"level":60,"msg":"gone"}')
  expect(told).toEqual(['worker: a job failed: no route', 'worker: gone'])
})

test('a log names what a provider and the system called a failure, and no code that a person was sent', () => {
  const program = `
    import { openLog } from '#platform/log.ts'
    const log = openLog('worker', 'info')
    const err = Object.assign(new Error('no'), { code: 'ECONNREFUSED', cause: Object.assign(new Error('why'), { code: '57P01' }) })
    log.warn({ providerCode: '535', cause: 'login_rejected' }, 'an account fails')
    log.error({ err }, 'a query failed')
    log.info({ code: '493817', variables: { code: '493817' }, body: { code: '493817' } }, 'sent')`
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })
  const [failing, failed, sent] = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(failing).toMatchObject({ providerCode: '535', cause: 'login_rejected' })
  expect(failed.err).toMatchObject({ errorCode: 'ECONNREFUSED', cause: { errorCode: '57P01' } })
  expect(JSON.stringify(sent)).not.toContain('493817')
})
