/** What a start hands to its processes: where the sandbox's providers are, and what the simulator asks for. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { readEnv } from '#platform/env.ts'
import { nameFor } from '#providers/smtp/vendor.ts'
import { simulatorEnvironment } from '../../scripts/start/environment.ts'
import { ensureSimulatorAccess } from '../../scripts/start/secrets.ts'
import { readStartSettings } from '../../scripts/start/settings.ts'
import { startSimulator } from '../support/simulator.ts'

const settingsWith = (given: Record<string, string>) => readStartSettings({ NODE_ENV: 'production', ...given })

let dataDir = ''
test.beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'signet-settings-'))
})
test.afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

test('the sandbox reaches every provider at its own simulator, unless a setting names another place', () => {
  const usual = settingsWith({ SIGNET_SIMULATOR_PORT: '4711' })
  expect(usual.endpoints).toEqual({
    sms: 'http://127.0.0.1:4711/sms',
    voice: 'http://127.0.0.1:4711/vms',
    wechat: 'http://127.0.0.1:4711',
  })
  const other = settingsWith({ SIGNET_ALIYUN_VOICE_ENDPOINT: 'http://127.0.0.1:9/calls' })
  expect(other.endpoints).toEqual({
    sms: 'http://127.0.0.1:4010/sms',
    voice: 'http://127.0.0.1:9/calls',
    wechat: 'http://127.0.0.1:4010',
  })
})

test('mail servers are told the name of the setting, else the host of our own address where that is a name', () => {
  const nameWith = (given: Record<string, string>) => {
    const { vendorSettings, url } = readEnv({
      ...{ NODE_ENV: 'production', DATABASE_URL: 'postgres://h/d', SIGNET_KEY_FILE: 'k' },
      ...given,
    })
    return nameFor(vendorSettings.SIGNET_SMTP_NAME, url)
  }
  expect(nameWith({ SIGNET_URL: 'https://signet.example.com:8443/', SIGNET_SMTP_NAME: 'mx.example.org' })).toBe(
    'mx.example.org',
  )
  expect(nameWith({ SIGNET_URL: 'https://Signet.Example.com:8443/' })).toBe('signet.example.com')
  for (const url of ['http://localhost:3000', 'http://192.0.2.7:3000', 'http://[2001:db8::1]/']) {
    expect(nameWith({ SIGNET_URL: url })).toBeUndefined()
  }
  expect(nameWith({})).toBeUndefined()
  expect(nameWith({ SIGNET_SMTP_NAME: '[192.0.2.7]' })).toBe('[192.0.2.7]')
  for (const wrong of ['web', 'two words.example', 'a.example\r\nMAIL', '192.0.2.7']) {
    expect(() => nameWith({ SIGNET_SMTP_NAME: wrong })).toThrow('The setting SIGNET_SMTP_NAME must be a full host name')
  }
})

test('the simulator says that it serves SMS and voice where the sandbox looks for them', async () => {
  const simulator = await startSimulator()
  const { endpoints } = settingsWith({ SIGNET_SIMULATOR_PORT: new URL(simulator.url).port })
  expect(endpoints).toMatchObject(simulator.aliyun.endpoints)
  await simulator.stop()
})

const file = () => join(dataDir, 'simulator.json')

test('each installation has a password and keys of its own, made once and readable by its owner only', () => {
  const access = ensureSimulatorAccess(dataDir)
  expect(access.aliyun.accessKeyId).toMatch(/^LTAI5t[A-Za-z0-9]{18}$/)
  expect(access.aliyun.accessKeySecret).toMatch(/^[A-Za-z0-9]{30}$/)
  expect(access.wechat.appId).toMatch(/^wx[0-9a-f]{16}$/)
  expect(access.wechat.appSecret).toMatch(/^[0-9a-f]{32}$/)
  expect(ensureSimulatorAccess(dataDir)).toEqual(access)
  expect(statSync(file()).mode & 0o777).toBe(0o600)
  const elsewhere = mkdtempSync(join(tmpdir(), 'signet-settings-'))
  const { aliyun, password } = ensureSimulatorAccess(elsewhere)
  expect([aliyun.accessKeyId, aliyun.accessKeySecret, password]).not.toEqual([
    ...[access.aliyun.accessKeyId, access.aliyun.accessKeySecret, access.password],
  ])
  rmSync(elsewhere, { recursive: true })
})

test('what an earlier version has not made is added, and what it has made stays', () => {
  writeFileSync(file(), JSON.stringify({ username: 'sender@sandbox.example', password: 'of-an-earlier-version' }))
  const access = ensureSimulatorAccess(dataDir)
  expect(access).toMatchObject({ username: 'sender@sandbox.example', password: 'of-an-earlier-version' })
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual(access)
  const settings = settingsWith({ SIGNET_DATA: dataDir })
  expect(simulatorEnvironment(settings, access)).toMatchObject({
    SIMULATOR_SMTP_PASSWORD: 'of-an-earlier-version',
    SIMULATOR_ALIYUN_KEY_ID: access.aliyun.accessKeyId,
    SIMULATOR_ALIYUN_KEY_SECRET: access.aliyun.accessKeySecret,
    SIMULATOR_WECHAT_APP_ID: access.wechat.appId,
    SIMULATOR_WECHAT_APP_SECRET: access.wechat.appSecret,
  })
})

test('the containers start with no password and no key that everybody knows', () => {
  const compose = readFileSync(join(import.meta.dirname, '..', '..', 'compose.yaml'), 'utf8')
  const secrets = [...compose.matchAll(/\$\{(\w*(?:PASSWORD|MASTER_KEY)\w*)(:?[-?][^}]*)?\}/g)]
  expect(secrets.map(([, name, otherwise]) => `${name} ${otherwise?.slice(0, 2)}`)).toEqual([
    ...['POSTGRES_PASSWORD :?', 'SIGNET_MASTER_KEY :?', 'POSTGRES_PASSWORD :?'],
  ])
})
