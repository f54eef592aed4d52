/** The first program of every command installs once, hands over faithfully, and says in a sentence what went wrong. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { environmentWith } from '../support/environment.ts'

const source = join(import.meta.dirname, '..', '..', 'scripts', 'bootstrap.mjs')

/** Stands where npm stands: notes that it was asked to install, takes a while (`busy`: as long as told), and puts a Node where the package has it. */
const npm = `
const { appendFileSync, existsSync, mkdirSync, rmSync, symlinkSync } = require('node:fs')
appendFileSync('asked.txt', process.argv.slice(2, 3) + '\\n')
if (existsSync('broken')) { console.error('npm error network is down'); process.exit(1) }
const install = () => {
  if (existsSync('busy')) return setTimeout(install, 50)
  if (existsSync('node_modules/node')) rmSync('node_modules', { recursive: true })
  mkdirSync('node_modules/node/bin', { recursive: true })
  if (!existsSync('scripts-refused')) symlinkSync(process.execPath, 'node_modules/node/bin/node')
}
setTimeout(install, 300)
`

let root = ''
test.beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'signet-bootstrap-'))
  mkdirSync(join(root, 'scripts'))
  copyFileSync(source, join(root, 'scripts', 'bootstrap.mjs'))
  writeFileSync(join(root, 'package-lock.json'), '{"packages":{"node_modules/node":{"version":"24.0.0"}}}')
  writeFileSync(join(root, 'npm-cli.js'), npm)
  writeFileSync(
    join(root, 'scripts', 'echo.ts'),
    'const words: string[] = process.argv.slice(2)\nconsole.log(words.join(" "))\nprocess.exit(words.length)\n',
  )
})
test.afterEach(() => rmSync(root, { recursive: true, force: true }))

function launch(...parameters: string[]): ChildProcess {
  return spawn(process.execPath, [join(root, 'scripts', 'bootstrap.mjs'), ...parameters], {
    cwd: root,
    env: { ...environmentWith({}), npm_execpath: join(root, 'npm-cli.js') },
  })
}

async function outcome(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk))
  const [code] = await once(child, 'close')
  return { code, said }
}

const installations = () => readFileSync(join(root, 'asked.txt'), 'utf8').trim().split('\n')

test('it installs what is missing once, and passes on parameters and exit code', async () => {
  const first = await outcome(launch('echo', 'one', 'two words', '--three'))
  expect(first.said).toMatch(/^Installing packages .*… \d+ s\none two words --three\n$/)
  expect(first.code).toBe(3)
  const second = await outcome(launch('echo'))
  expect(second).toEqual({ code: 0, said: '\n' })
  expect(installations()).toEqual(['ci'])
})

test('another lock file installs again', async () => {
  await outcome(launch('echo'))
  writeFileSync(join(root, 'package-lock.json'), '{"packages":{"node_modules/node":{"version":"24.0.1"}}}')
  expect((await outcome(launch('echo'))).code).toBe(0)
  expect(installations()).toHaveLength(2)
})

test('packages that were installed by hand are not installed again', async () => {
  await outcome(launch('echo'))
  rmSync(join(root, 'node_modules', '.signet-stamp'))
  copyFileSync(join(root, 'package-lock.json'), join(root, 'node_modules', '.package-lock.json'))
  expect((await outcome(launch('echo'))).code).toBe(0)
  expect(installations()).toHaveLength(1)
})

test('two starts at once install once', async () => {
  const ends = await Promise.all([launch('echo', 'a'), launch('echo', 'b')].map(outcome))
  expect(ends.map(({ code }) => code)).toEqual([1, 1])
  expect(installations()).toHaveLength(1)
  expect(existsSync(join(root, '.install.lock'))).toBe(false)
})

test('after a killed start the next one waits for the npm that outlived it, and installs anew', async () => {
  writeFileSync(join(root, 'busy'), '')
  const killed = launch('echo')
  await expect.poll(() => existsSync(join(root, 'asked.txt'))).toBe(true)
  const gone = once(killed, 'exit')
  killed.kill('SIGKILL')
  await gone
  expect(existsSync(join(root, '.install.lock'))).toBe(true)
  const next = launch('echo')
  const end = outcome(next)
  const waits = 'Waiting for another start that is installing the packages…'
  next.stdout?.on('data', (chunk) => String(chunk).includes(waits) && rmSync(join(root, 'busy'), { force: true }))
  const { code, said } = await end
  expect(said).toContain(waits)
  expect(code).toBe(0)
  expect(installations()).toHaveLength(2)
  expect(existsSync(join(root, '.install.lock'))).toBe(false)
})

test('a failed installation is told in a sentence with what npm said last, and tried again next time', async () => {
  writeFileSync(join(root, 'broken'), '')
  const { code, said } = await outcome(launch('echo'))
  expect(code).toBe(1)
  expect(said).toContain('The packages could not be installed: npm ci ended with code 1.\nnpm error network is down\n')
  rmSync(join(root, 'broken'))
  expect((await outcome(launch('echo'))).code).toBe(0)
})

test('a Node on the system that runs TypeScript stands in for one that npm was not allowed to install', async () => {
  writeFileSync(join(root, 'scripts-refused'), '')
  expect(await outcome(launch('echo', 'here'))).toMatchObject({ code: 1, said: expect.stringContaining('here\n') })
})

test('an unknown command lists the known ones', async () => {
  const { code, said } = await outcome(launch('../echo'))
  expect(code).toBe(1)
  expect(said).toBe('Usage: node scripts/bootstrap.mjs <echo>\n')
})

test('a signal reaches the command, whose end is the end', async () => {
  writeFileSync(
    join(root, 'scripts', 'wait.ts'),
    "process.on('SIGTERM', () => { console.log('told'); process.exit(7) })\nconsole.log('waiting')\nsetInterval(() => 0, 1000)\n",
  )
  const child = launch('wait')
  const end = outcome(child)
  await new Promise<void>((done) => {
    child.stdout?.on('data', (chunk) => String(chunk).includes('waiting') && done())
  })
  child.kill('SIGTERM')
  expect(await end).toMatchObject({ code: 7, said: expect.stringContaining('told') })
})
