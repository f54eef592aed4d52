/** Fills the sandbox: an organization with two Apps, a validated account and templates, so that the first call works. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { listAccounts } from '#domain/accounts/accounts.ts'
import { saveAccount } from '#domain/accounts/saving.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import { addApp, addKey } from '#domain/apps.ts'
import type { Ctx } from '#domain/ctx.ts'
import { findMembership } from '#domain/members.ts'
import { builtInScenarios } from '#domain/scenarios.ts'
import { emailExample } from '#domain/templates/examples.ts'
import { saveTemplate } from '#domain/templates/templates.ts'
import { compose } from '../src/compose.ts'
import { readEnv } from '../src/env.ts'
import { openLog } from '../src/log.ts'

export type SandboxPlace = {
  dataDir: string
  url: string
  simulatorUrl: string
  smtp: { host: string; port: number; username: string; password: string }
}

type SandboxFile = Pick<SandboxPlace, 'url' | 'simulatorUrl' | 'smtp'> & {
  email: string
  password: string
  apps: { key: string; liveKey: string; testKey: string }[]
}

const email = 'owner@example.com'
const accountName = 'Sandbox mail'
const sampleApps = [
  { key: 'shop', name: 'Shop', language: 'en' },
  { key: 'smart-home', name: 'Smart Home', language: 'zh-CN' },
] as const

function writePrivate(path: string, content: SandboxFile): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

async function finish<End>(work: AsyncGenerator<unknown, End>): Promise<End> {
  for (;;) {
    const step = await work.next()
    if (step.done) return step.value
  }
}

async function addAccount(ctx: Ctx, smtp: SandboxPlace['smtp']): Promise<void> {
  const config = { ...smtp, encryption: 'starttls', fromAddress: smtp.username, fromName: 'Acme' }
  const saved = await finish(saveAccount(ctx, { channel: 'email', provider: 'smtp', name: accountName, config }))
  const outcome = saved.saved ? await finish(validateAccount(ctx, { id: saved.id })) : saved.checked
  if (!outcome.ok)
    throw new Error(`The sandbox's mail account did not pass its check: ${JSON.stringify(outcome.stages)}`)
}

/** The simulator's port may have changed since the last start: the account follows, once the simulator answers. */
async function refreshAccount(ctx: Ctx, smtp: SandboxPlace['smtp']): Promise<void> {
  const account = (await listAccounts(ctx, 'email')).find(({ name }) => name === accountName)
  if (!account?.config || account.config.port === smtp.port) return
  const input = {
    id: account.id,
    channel: 'email',
    provider: 'smtp',
    name: account.name,
    config: { ...account.config, ...smtp },
  } as const
  for (let tries = 0; tries < 20; tries++) {
    if ((await finish(saveAccount(ctx, input))).saved) return
    await wait(250)
  }
}

async function addTemplates(ctx: Ctx): Promise<void> {
  for (const { key: scenario } of builtInScenarios) {
    const content = emailExample(scenario, 'en')
    if (content)
      await saveTemplate(ctx, { channel: 'email', scenario, appId: null, content, baseVersion: 0, fallBack: false })
  }
}

/** Two Apps with their keys; the Chinese one has a template of its own. */
async function addApps(ctx: Ctx): Promise<SandboxFile['apps']> {
  const apps: SandboxFile['apps'] = []
  for (const sample of sampleApps) {
    const { id, key } = await addApp(ctx, { ...sample, codeLifetimeMinutes: 10, logo: null })
    const content = sample.language === 'zh-CN' ? emailExample('login', 'zh-CN') : undefined
    if (content)
      await saveTemplate(ctx, {
        channel: 'email',
        scenario: 'login',
        appId: id,
        content,
        baseVersion: 0,
        fallBack: false,
      })
    const keyOf = (kind: 'live' | 'test') =>
      addKey(ctx, { appId: id, name: `Sandbox ${kind}`, kind, channels: [], expiresInDays: null })
    apps.push({ key, liveKey: (await keyOf('live')).key, testKey: (await keyOf('test')).key })
  }
  return apps
}

/**
 * Safe to run at every start: what exists stays. Writes `sandbox.json` (mode 0600) into the data folder.
 * @throws Error when the simulator does not answer
 */
export async function seedSandbox(place: SandboxPlace): Promise<void> {
  const path = join(place.dataDir, 'sandbox.json')
  const env = readEnv(process.env)
  const parts = await compose(env, openLog('sandbox', 'error'), { name: 'signet-sandbox', pool: 2 })
  try {
    const known = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as SandboxFile) : undefined
    const contextOf = async () => {
      const owner = await findMembership(parts.db, email)
      if (!owner) throw new Error('The sandbox has no owner.')
      return parts.contextFor({
        kind: 'user',
        id: owner.userId,
        name: 'Sandbox',
        email,
        organizationId: owner.organizationId,
        role: 'owner',
      })
    }
    if (known && !(await parts.needsSetUp())) {
      const { url, simulatorUrl, smtp } = place
      writePrivate(path, { ...known, url, simulatorUrl, smtp })
      await refreshAccount(await contextOf(), smtp)
      return
    }
    const password = randomBytes(12).toString('base64url')
    if (!(await parts.setUp({ organization: 'Acme Devices', name: 'Sandbox owner', email, password }))) {
      throw new Error(`The file ${path} is missing but the database is set up. Delete the data folder to start anew.`)
    }
    const ctx = await contextOf()
    await addAccount(ctx, place.smtp)
    await addTemplates(ctx)
    const apps = await addApps(ctx)
    writePrivate(path, { url: place.url, simulatorUrl: place.simulatorUrl, email, password, apps, smtp: place.smtp })
  } finally {
    await parts.close()
  }
}
