/** Fills the sandbox: an organization with two Apps, validated accounts and templates, so that the first call works. */
import { randomBytes } from 'node:crypto'
import { addApp, addKey, appNames } from '#domain/apps/apps.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { findMembership } from '#domain/people/members.ts'
import { compose, type Parts } from '#platform/compose.ts'
import { readEnv } from '#platform/env.ts'
import { openLog } from '#platform/log.ts'
import { addEmail, followEmail } from './sandbox/email.ts'
import { addFurther, type Further, registerFurther } from './sandbox/further.ts'
import { addOfficial, registerResults } from './sandbox/official.ts'
import { addPhone, followPhone, registerReceipts } from './sandbox/phone.ts'
import {
  type AccessKey,
  type AppKeys,
  type Begun,
  type OfficialAccount,
  type SandboxFile,
  SandboxFiles,
  type Smtp,
} from './sandbox/sandbox-file.ts'
import { Refusal } from './steps/refusal.ts'

export type SandboxPlace = {
  dataDir: string
  url: string
  /** Of the web process, where the simulator reaches it. */
  port: number
  simulatorUrl: string
  smtp: Smtp
  aliyun: AccessKey
  wechat?: OfficialAccount
}

const email = 'owner@example.com'
const sampleApps = [
  { key: 'shop', name: 'Shop', language: 'en' },
  { key: 'smart-home', name: 'Smart Home', language: 'zh-CN' },
] as const
/** The one that has templates of its own. */
const special = 'smart-home'

async function addApps(ctx: Ctx): Promise<AppKeys[]> {
  const known = await appNames(ctx)
  const apps: AppKeys[] = []
  for (const sample of sampleApps) {
    const { id } =
      known.find(({ key }) => key === sample.key) ??
      (await addApp(ctx, { ...sample, codeLifetimeMinutes: 10, logo: null }))
    const keyOf = (kind: 'live' | 'test') =>
      addKey(ctx, { appId: id, name: `Sandbox ${kind}`, kind, channels: [], expiresInDays: null })
    apps.push({ key: sample.key, liveKey: (await keyOf('live')).key, testKey: (await keyOf('test')).key })
  }
  return apps
}

/** Makes the owner and their organization, unless an earlier start has: it may have been killed on the way. */
async function begin(parts: Parts, files: SandboxFiles): Promise<Begun & Partial<SandboxFile>> {
  const isNew = await parts.needsSetUp()
  const known = files.read()
  if (!isNew && known) return known
  const begun = { email, password: randomBytes(12).toString('base64url') }
  if (isNew) files.begin(begun)
  if (isNew && (await parts.setUp({ organization: 'Acme Devices', name: 'Sandbox owner', ...begun }))) return begun
  throw new Refusal(
    `The file ${files.path} is missing but the database is set up. Delete the data folder to start anew.`,
  )
}

async function ownerContext(parts: Parts): Promise<Ctx | undefined> {
  const owner = await findMembership(parts.db, email)
  if (!owner) return undefined
  const { userId: id, organizationId } = owner
  return parts.contextFor({ kind: 'user', id, name: 'Sandbox', email, organizationId, role: 'owner' })
}

type Filled = { apps: AppKeys[]; further: Further }

/** Adds each part once, when the file does not know it yet: what a person deletes stays deleted. */
async function fill(ctx: Ctx, known: Partial<SandboxFile>, place: SandboxPlace): Promise<Filled> {
  const { smtp, aliyun } = place
  const apps = known.apps ?? (await addApps(ctx))
  const appId = (await appNames(ctx)).find(({ key }) => key === special)?.id
  await (known.smtp ? followEmail(ctx, smtp, known.smtp) : addEmail(ctx, smtp, appId))
  await (known.aliyun ? followPhone(ctx, aliyun, known.aliyun) : addPhone(ctx, aliyun, appId))
  const further = await addFurther(ctx, smtp.password, known.further)
  await registerReceipts(ctx, place)
  await registerFurther(ctx, place)
  if (place.wechat && !known.wechat) await addOfficial(ctx, place.wechat, appId)
  await registerResults(ctx, place)
  return { apps, further }
}

/**
 * Safe to run at every start: what exists stays. Writes `sandbox.json` (mode 0600) into the data folder.
 * @throws Error when the simulator does not answer
 */
export async function seedSandbox(place: SandboxPlace): Promise<void> {
  const files = new SandboxFiles(place.dataDir)
  const env = readEnv(process.env)
  const parts = await compose(env, openLog('sandbox', 'error'), { name: 'signet-sandbox', pool: 2 })
  try {
    const known = await begin(parts, files)
    const ctx = await ownerContext(parts)
    const { url, simulatorUrl, aliyun, smtp, wechat } = place
    const { apps = [], further = {} } = ctx ? await fill(ctx, known, place) : known
    files.finish({ url, simulatorUrl, email, password: known.password, apps, aliyun, smtp, wechat, further })
  } finally {
    await parts.close()
  }
}
