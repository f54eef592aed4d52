/** What a start refuses, in one sentence and leaving nothing behind. The whole start is a spec of the console. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { environmentWith } from '../support/environment.ts'

const script = join(import.meta.dirname, '..', '..', 'scripts', 'start.ts')

async function listenSomewhere(): Promise<{ server: Server; port: number }> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { server, port: (server.address() as AddressInfo).port }
}

/** Ports that are given back may be given out again: somewhere that none of the settings names. */
async function listenBeside(settings: Record<string, string>) {
  const elsewhere = await listenSomewhere()
  if (!Object.values(settings).some((value) => value.split(',').includes(String(elsewhere.port)))) return elsewhere
  const another = await listenSomewhere()
  elsewhere.server.close()
  return another
}

/** Ports that were free a moment ago, for what is not under test. */
async function freePorts(count: number): Promise<number[]> {
  const held = await Promise.all(Array.from({ length: count }, listenSomewhere))
  for (const { server } of held) server.close()
  return held.map(({ port }) => port)
}

let folder = ''
let defaults: Record<string, string> = {}
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signet-start-'))
  const [web, simulator, ...smtp] = await freePorts(5)
  defaults = {
    SIGNET_DATA: join(folder, 'data'),
    PORT: String(web),
    SIGNET_SIMULATOR_PORT: String(simulator),
    SIGNET_SMTP_PORTS: smtp.join(','),
  }
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

function start(settings: Record<string, string>): Promise<{ code: number | null; said: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [script], { env: environmentWith({ ...defaults, ...settings }) })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    child.on('close', (code) => done({ code, said }))
  })
}

const wishes = [
  { setting: 'PORT', purpose: 'the console and the HTTP API', value: (port: number) => String(port) },
  { setting: 'SIGNET_SIMULATOR_PORT', purpose: 'the provider simulator', value: (port: number) => String(port) },
  {
    setting: 'SIGNET_SMTP_PORTS',
    purpose: "the simulator's mail server",
    value: (port: number) => `${port},${port === 65535 ? 1 : port + 1},${port > 65533 ? 2 : port + 2}`,
  },
]
for (const { setting, purpose, value } of wishes) {
  test(`a start whose ${setting} is in use says which port, what for and what to change`, async () => {
    const { server, port } = await listenBeside(defaults)
    try {
      const { code, said } = await start({ [setting]: value(port) })
      expect(code).toBe(1)
      expect(said.split('\n')).toContain(
        `Port ${port}, wanted for ${purpose}, is in use by another program; set ${setting} to use another one.`,
      )
      expect(existsSync(join(folder, 'data', 'database.json'))).toBe(false)
      expect(existsSync(join(folder, 'data', 'processes.json'))).toBe(false)
    } finally {
      server.close()
    }
  })
}

test('a start that wants one port twice says so', async () => {
  const { code, said } = await start({ SIGNET_SIMULATOR_PORT: defaults.PORT ?? '' })
  expect(code).toBe(1)
  expect(said).toBe(
    `Port ${defaults.PORT} is wanted for both the console and the HTTP API and the provider simulator; change PORT or SIGNET_SIMULATOR_PORT.\n`,
  )
})

test('a start whose data folder cannot be written says so', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  const { code, said } = await start({ SIGNET_DATA: join(file, 'data') })
  expect(code).toBe(1)
  expect(said).toBe(
    `The data folder ${join(file, 'data')} cannot be written (ENOTDIR); SIGNET_DATA names another place for it.\n`,
  )
})

const malformed: [Record<string, string>, string][] = [
  [{ PORT: 'many' }, 'The setting PORT must be a port number.'],
  [{ PORT: '70000' }, 'The setting PORT must be a port number from 1 to 65535.'],
  [{ SIGNET_SMTP_PORTS: '1,2' }, 'The setting SIGNET_SMTP_PORTS must be three port numbers, such as 2525,4587,4465.'],
  [{ SIGNET_SIMULATOR_PORT: '0' }, 'The setting SIGNET_SIMULATOR_PORT must be a port number from 1 to 65535.'],
  [{ SIGNET_SANDBOX: 'no' }, 'The setting SIGNET_SANDBOX must be "on" or "off".'],
  [
    { DATABASE_URL: 'postgres://signet@127.0.0.1/signet' },
    'The setting SIGNET_MASTER_KEY is missing. Make one with: openssl rand -base64 32',
  ],
  [
    { DATABASE_URL: 'postgres://signet@127.0.0.1/signet', SIGNET_SANDBOX: 'on' },
    'The setting SIGNET_SANDBOX must not be "on" beside DATABASE_URL: the sandbox has its own.',
  ],
]
for (const [settings, sentence] of malformed) {
  test(`a start with ${JSON.stringify(settings)} is refused and leaves no file`, async () => {
    const { code, said } = await start(settings)
    expect(code).toBe(1)
    expect(said).toBe(`${sentence}\n`)
    expect(readdirSync(folder)).toEqual([])
  })
}

test('several malformed settings are told at once', async () => {
  const { said } = await start({ PORT: '0', LOG_LEVEL: 'loud' })
  expect(said.trimEnd().split('\n')).toEqual([
    'The setting PORT must be a port number from 1 to 65535.',
    'The setting LOG_LEVEL must be one of trace, debug, info, warn, error, silent.',
  ])
})

test('a lost key file is not replaced while there is a database that needs it', async () => {
  const data = join(folder, 'data')
  mkdirSync(data)
  writeFileSync(join(data, 'database.json'), '{}')
  const { code, said } = await start({})
  expect(code).toBe(1)
  expect(said).toContain(`The key file ${join(data, 'master.keys')} is gone`)
  expect(existsSync(join(data, 'master.keys'))).toBe(false)
})

test('a database that cannot be reached is told in a sentence', async () => {
  const [port] = await freePorts(1)
  const { code, said } = await start({
    DATABASE_URL: `postgres://signet:secret@127.0.0.1:${port}/signet`,
    SIGNET_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
  })
  expect(code).toBe(1)
  expect(said).toContain('The database named by DATABASE_URL cannot be used: nothing answers there.')
  expect(said).not.toContain('secret')
})
