/** What the sandbox begins with on every channel, and that a later start adds what is missing and brings nothing back. */
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import { listAccounts, removeAccount } from '#domain/accounts/accounts.ts'
import { rotateReceiptAddress } from '#domain/accounts/receipt-address.ts'
import { saveAccount } from '#domain/accounts/saving.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import { appNames } from '#domain/apps/apps.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { findMembership } from '#domain/people/members.ts'
import { builtInScenarios } from '#domain/scenarios/scenarios.ts'
import { coverage } from '#domain/templates/coverage.ts'
import { resetTemplate } from '#domain/templates/resetting.ts'
import { compose, type Parts } from '#platform/compose.ts'
import { readEnv } from '#platform/env.ts'
import { openLog } from '#platform/log.ts'
import { sandboxAccounts } from '#simulator/sandbox-accounts.ts'
import { followReceipts } from '../../scripts/start/follow-receipts.ts'
import { freshDatabase } from '../support/database.ts'
import { endOf } from '../support/make.ts'
import {
  end,
  freePort,
  type Sandbox,
  type SandboxStage,
  sandboxGo,
  sandboxSettings,
  seed,
  start,
  untilReady,
} from '../support/running-signet.ts'
import { type ReceivedCall, type ReceivedSms, type Simulator, startSimulator } from '../support/simulator.ts'

let stage: SandboxStage
const opened: Parts[] = []
test.beforeEach(async () => {
  const [database, simulator, port] = await Promise.all([freshDatabase(), startSimulator(), freePort()])
  stage = { database, simulator, port, data: mkdtempSync(join(tmpdir(), 'signet-sandbox-')) }
})
test.afterEach(async () => {
  await Promise.all(opened.splice(0).map((parts) => parts.close()))
  await Promise.all([stage.simulator.stop(), stage.database.drop()])
  rmSync(stage.data, { recursive: true, force: true })
})

const seedAgain = () => seed(sandboxSettings(stage), sandboxGo(stage))
const file = () => join(stage.data, 'sandbox.json')
const read = (): Sandbox => JSON.parse(readFileSync(file(), 'utf8'))

/** The parts on the seeded database, and its owner's context. */
async function open(): Promise<{ parts: Parts; ctx: Ctx }> {
  const parts = await compose(
    readEnv({ NODE_ENV: 'production', ...sandboxSettings(stage) }),
    openLog('spec', 'silent'),
    { name: 'spec', pool: 2 },
  )
  opened.push(parts)
  const owner = await findMembership(parts.db, read().email)
  if (!owner) throw new Error('There is no owner.')
  const { userId: id, organizationId } = owner
  const person = { kind: 'user', id, name: 'Owner', email: read().email, organizationId, role: 'owner' } as const
  return { parts, ctx: parts.contextFor(person) }
}

const phone = ['sms', 'voice'] as const

test('every channel has an account in force and, for each built-in scenario, a usable template', async () => {
  await seedAgain()
  const { ctx } = await open()
  const apps = await appNames(ctx)
  const special = apps.find(({ key }) => key === 'smart-home')?.id
  for (const appId of [null, ...apps.map(({ id }) => id)]) {
    const { cells } = await coverage(ctx, { appId })
    const offered = cells.filter(({ state }) => state !== 'not_offered')
    const isCard = ({ channel }: (typeof cells)[number]) => channel === 'official_account'
    expect(offered.filter((cell) => !isCard(cell) && cell.state !== 'usable')).toEqual([])
    const cards = offered.filter((cell) => isCard(cell) && cell.state === 'usable').map(({ scenario }) => scenario)
    expect(cards).toEqual(appId === special ? ['device_alarm', 'device_offline'] : [])
    for (const channel of ['sms', 'voice', 'email']) {
      const here = offered.filter((cell) => cell.channel === channel)
      expect(new Set(here.map(({ scenario }) => scenario))).toEqual(new Set(builtInScenarios.map(({ key }) => key)))
      const own = here.filter(({ origin }) => origin === 'app')
      expect(own.length > 0, channel).toBe(appId === special)
    }
  }
})

test('the file tells scripts what the simulator asks for, and nobody else', async () => {
  await seedAgain()
  const { accessKeyId, accessKeySecret } = stage.simulator.aliyun
  expect(Object.keys(read())).toEqual([
    ...['url', 'simulatorUrl', 'email', 'password', 'apps', 'aliyun', 'smtp', 'wechat', 'further'],
  ])
  expect(read().aliyun).toEqual({ accessKeyId, accessKeySecret })
  expect(statSync(file()).mode & 0o777).toBe(0o600)
})

test('accounts of further vendors stand beside those in force, and pass their check once somebody validates them', async () => {
  await seedAgain()
  const { ctx } = await open()
  expect(sandboxAccounts.length).toBeGreaterThan(0)
  for (const { channel, provider, name, vendor } of sandboxAccounts) {
    const account = (await listAccounts(ctx, channel)).find((one) => one.name === name)
    expect(account, name).toMatchObject({ provider, state: 'not_validated' })
    const { stages } = await endOf(validateAccount(ctx, { id: account?.id ?? '' }))
    expect(stages.length, name).toBeGreaterThan(0)
    expect(stages.filter(({ ok }) => !ok)).toEqual([])
    if (!ctx.catalog.provider(provider).readReceipts) continue
    const { faults } = await (await fetch(`${stage.simulator.url}/control`)).json()
    expect(faults).toContainEqual(
      expect.objectContaining({ channel, vendor, kind: 'callback', url: expect.stringContaining(`/${provider}/`) }),
    )
  }
})

const numbers = ['+8613900000001', '+85261234567']
const values: Record<string, Record<string, string>> = {
  verification: { code: '482913' },
  notification: { device_name: 'Boiler', device_key: 'b-1', alarm_content: 'Too hot', alarm_level: 'high' },
}

/** Waits until so many have arrived. */
async function received<T>(list: () => Promise<T[]>, count: number): Promise<T[]> {
  for (;;) {
    const found = await list()
    if (found.length >= count) return found
    await wait(100)
  }
}

test('the first SMS and the first call of each scenario arrive', async () => {
  await seedAgain()
  await stage.simulator.control({ channel: 'sms', kind: 'limits', on: false })
  await stage.simulator.control({ channel: 'voice', kind: 'limits', on: false })
  const { parts } = await open()
  const worker = start('src/worker.ts', sandboxSettings(stage))
  await untilReady('worker', worker)
  for (const { liveKey } of read().apps) {
    const actor = await parts.actorOf(liveKey)
    if (!actor) throw new Error('The key is not known.')
    const submit = (channel: (typeof phone)[number], scenario: (typeof builtInScenarios)[number], to: string) =>
      parts.submit(parts.contextFor(actor), {
        ...{ channel, scenario: scenario.key, to },
        variables: values[scenario.kind] ?? {},
      })
    for (const scenario of builtInScenarios) {
      for (const to of numbers) await submit('sms', scenario, to)
      await submit('voice', scenario, '+8613900000002')
    }
  }
  const count = builtInScenarios.length * 2
  const codes = builtInScenarios.filter(({ kind }) => kind === 'verification').length
  for (const to of numbers) {
    const texts = (await received((): Promise<ReceivedSms[]> => stage.simulator.sms(to), count)).map(
      ({ content }) => content.text,
    )
    expect(texts).toHaveLength(count)
    expect(texts.filter((text) => text.includes('482913'))).toHaveLength(2 * codes)
    expect(texts.filter((text) => text.includes('${'))).toEqual([])
  }
  const calls = await received((): Promise<ReceivedCall[]> => stage.simulator.calls('+8613900000002'), count)
  expect(calls.filter(({ content }) => content.text.includes('Boiler'))).toHaveLength(count - 2 * codes)
  expect(calls.filter(({ content }) => content.calledShowNumber)).toHaveLength(1)
  await end(worker)
})

const faultsOf = async ({ url }: Simulator): Promise<Record<string, unknown>[]> =>
  ((await (await fetch(`${url}/control`)).json()) as { faults: Record<string, unknown>[] }).faults

test('the simulator pushes receipts to the address of the account, also after the port changed', async () => {
  for (const port of [stage.port, stage.port + 1]) {
    stage = { ...stage, port }
    await seedAgain()
    const { ctx } = await open()
    for (const channel of phone) {
      const [account] = await listAccounts(ctx, channel)
      const callbacks = (await faultsOf(stage.simulator)).filter((fault) => fault.channel === channel && !fault.vendor)
      expect(callbacks).toEqual([
        expect.objectContaining({ kind: 'callback', url: `http://127.0.0.1:${port}${account?.receiptPath}` }),
      ])
    }
  }
})

test('the simulator follows an account that gets another address, and another account that comes in force', async () => {
  await seedAgain()
  const { ctx } = await open()
  const { accessKeyId: mainKey } = stage.simulator.aliyun
  const place = { databaseUrl: stage.database.url, simulatorUrl: stage.simulator.url, port: stage.port, mainKey }
  const following = followReceipts(place, 50)
  const addressOf = async (channel: 'sms' | 'voice', name?: string) => {
    const accounts = await listAccounts(ctx, channel)
    const account = accounts.find((one) => name === undefined || one.name === name)
    return { id: account?.id ?? '', url: `http://127.0.0.1:${stage.port}${account?.receiptPath}` }
  }
  const entered = async (channel: string) =>
    (await faultsOf(stage.simulator))
      .filter((fault) => fault.channel === channel && !fault.vendor)
      .map(({ url }) => url)
  for (const channel of phone) {
    await rotateReceiptAddress(ctx, (await addressOf(channel)).id)
    const { url } = await addressOf(channel)
    await expect.poll(() => entered(channel)).toEqual([url])
  }
  const account = { channel: 'sms', provider: 'aliyun-sms', name: 'Another', config: read().aliyun } as const
  const saved = await endOf(saveAccount(ctx, account))
  await endOf(validateAccount(ctx, { id: saved.saved ? saved.id : '' }))
  const { url } = await addressOf('sms', 'Another')
  await expect.poll(() => entered('sms')).toEqual([url])
  await following.stop()
})

test('a sandbox from before SMS and voice gets them once, and nothing that was deleted comes back', async () => {
  await seedAgain()
  const { ctx } = await open()
  for (const channel of phone) for (const { id } of await listAccounts(ctx, channel)) await removeAccount(ctx, id)
  await resetTemplate(ctx, { channel: 'email', scenario: 'login', appId: null })
  const { aliyun: _, ...before } = read()
  writeFileSync(file(), JSON.stringify(before))

  await seedAgain()
  expect(read().aliyun.accessKeyId).toBe(stage.simulator.aliyun.accessKeyId)
  expect(read().apps).toEqual(before.apps)
  const { cells } = await coverage(ctx, { appId: null })
  expect(
    cells
      .filter(({ scenario, state }) => scenario === 'login' && state !== 'not_offered')
      .map(({ channel, state }) => `${channel} ${state}`),
  ).toEqual(['sms usable', 'sms usable', 'voice usable', 'email template_not_configured'])

  for (const channel of phone) for (const { id } of await listAccounts(ctx, channel)) await removeAccount(ctx, id)
  await seedAgain()
  for (const channel of phone) expect(await listAccounts(ctx, channel)).toEqual([])
  expect((await listAccounts(ctx, 'email')).map(({ state }) => state)).toEqual(['validated'])
})

test('an account of one’s own stays in force when the sandbox adds the ones it lacks', async () => {
  await seedAgain()
  const { ctx } = await open()
  const [given] = await listAccounts(ctx, 'sms')
  const { aliyun, ...before } = read()
  const input = { channel: 'sms', provider: 'aliyun-sms', name: 'Mine', config: aliyun } as const
  const mine = await endOf(saveAccount(ctx, input))
  await endOf(validateAccount(ctx, { id: mine.saved ? mine.id : '' }))
  await removeAccount(ctx, given?.id ?? '')
  writeFileSync(file(), JSON.stringify(before))

  await seedAgain()
  const states = (await listAccounts(ctx, 'sms')).map(({ name, state }) => `${name}: ${state}`)
  const further = sandboxAccounts.filter(({ channel }) => channel === 'sms').map(({ name }) => name)
  const offered = ['Sandbox SMS of a partner', 'Sandbox SMS', ...further].map((name) => `${name}: not_validated`)
  expect(states.sort()).toEqual(['Mine: validated', ...offered].sort())
})

test('the mail account follows the simulator to another port, unless a person has pointed it elsewhere', async () => {
  const moveSimulator = async () => {
    await stage.simulator.stop()
    stage = { ...stage, simulator: await startSimulator() }
    await seedAgain()
    expect(read().smtp.port).toBe(stage.simulator.smtp.starttls)
  }
  await seedAgain()
  const { ctx } = await open()
  const accountNow = async () => (await listAccounts(ctx, 'email'))[0]
  await moveSimulator()
  expect(await accountNow()).toMatchObject({ state: 'validated', config: { port: stage.simulator.smtp.starttls } })

  const elsewhere = await startSimulator()
  const { id, name, config } = (await accountNow()) ?? {}
  const { user: username, password, plain: port } = elsewhere.smtp
  const pointed = {
    id,
    channel: 'email',
    provider: 'smtp',
    name: name ?? '',
    config: { ...config, encryption: 'none', username, password, port },
  } as const
  await endOf(saveAccount(ctx, pointed))
  await moveSimulator()
  expect(await accountNow()).toMatchObject({ state: 'validated', config: { port } })
  await elsewhere.stop()
})

/** Ends the preparation without warning once the condition holds. */
async function seedKilledWhen(holds: () => Promise<boolean>): Promise<void> {
  const { child } = start('scripts/prepare.ts', sandboxSettings(stage), 'wait')
  const gone = once(child, 'exit')
  child.send(sandboxGo(stage))
  while (child.exitCode === null && !(await holds())) await wait(5)
  child.kill('SIGKILL')
  await gone
}

const moments: [string, () => Promise<boolean>][] = [
  ['before anything was made', async () => existsSync(join(stage.data, 'sandbox.begun.json'))],
  ['between its calls', async () => (await stage.simulator.count(undefined, 'voice')) > 0],
]
for (const [moment, holds] of moments) {
  test(`a first start that was killed ${moment} is carried on by the next one`, async () => {
    await seedKilledWhen(holds)
    expect(existsSync(file())).toBe(false)
    await seedAgain()
    const { parts, ctx } = await open()
    const appId = (await appNames(ctx)).find(({ key }) => key === 'smart-home')?.id ?? null
    const { cells } = await coverage(ctx, { appId })
    expect(cells.filter(({ state }) => !['usable', 'not_offered'].includes(state))).toEqual([])
    expect((await parts.actorOf(read().apps[0]?.liveKey ?? ''))?.appName).toBe('Shop')
    const signedIn = await parts.signIn.handler(signInRequest(read()))
    expect(signedIn.status).toBe(200)
    expect(existsSync(join(stage.data, 'sandbox.begun.json'))).toBe(false)
  })
}

const signInRequest = ({ url, email, password }: Sandbox): Request =>
  new Request(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  })
