/**
 * SMS and calls in the sandbox: an account each with the simulator's AccessKey, templates that are approved or proven there,
 * and the address that the simulator pushes receipts to.
 */
import { randomInt } from 'node:crypto'
import type { Ctx } from '#domain/base/ctx.ts'
import { testSend } from '#domain/sending/trials/test-send.ts'
import { getTemplate } from '#domain/templates/reading.ts'
import { derivedId } from '#simulator/aliyun/keys.ts'
import { addSample, findSample, followSimulator } from './accounts.ts'
import { smsDefaults, smsOverride, voiceDefaults, voiceOverride } from './phone-contents.ts'
import type { AccessKey } from './sandbox-file.ts'
import { addTemplates, type SampleTemplate } from './templates.ts'

const accounts = [
  { channel: 'sms', provider: 'aliyun-sms', name: 'Sandbox SMS' },
  { channel: 'voice', provider: 'aliyun-voice', name: 'Sandbox voice' },
] as const

/** Beside the one in force: another customer of the cloud, who has some of the same texts approved. */
const partner = { channel: 'sms', provider: 'aliyun-sms', name: 'Sandbox SMS of a partner' } as const
const partnerKey = (key: AccessKey): AccessKey => ({ ...key, accessKeyId: derivedId(key.accessKeyId, 'partner') })

const contents = {
  sms: { defaults: smsDefaults, override: smsOverride },
  voice: { defaults: voiceDefaults, override: voiceOverride },
} as const

function samplesFor(channel: 'sms' | 'voice', accountId: string, appId: string | undefined): SampleTemplate[] {
  const { defaults, override } = contents[channel]
  const place = { channel, accountId }
  return [
    ...Object.entries(defaults).map(([scenario, content]) => ({ ...place, scenario, appId: null, content })),
    ...(appId ? [{ ...place, ...override, appId }] : []),
  ]
}

/** A number that nobody called a moment ago: calls to one number are limited. */
const anyMobile = (): string => `+86199${String(randomInt(100_000_000)).padStart(8, '0')}`

/** Only a call proves what is said in calls; one proves it for every template that says the same. */
async function proveByCalls(ctx: Ctx, samples: readonly SampleTemplate[]): Promise<void> {
  for (const { content, ...place } of samples) {
    const { template } = await getTemplate(ctx, place)
    if (!template || Object.values(template.approval).every(({ blocked }) => blocked === null)) continue
    const outcome = await testSend(ctx, { ...place, content, to: anyMobile() })
    if (!outcome.ok) throw new Error(`The call for "${place.scenario}" was refused: ${JSON.stringify(outcome)}`)
  }
}

/** @param appId of the App that has templates of its own */
export async function addPhone(ctx: Ctx, key: AccessKey, appId: string | undefined): Promise<void> {
  for (const account of accounts) {
    const accountId = await addSample(ctx, { ...account, config: key })
    const samples = samplesFor(account.channel, accountId, appId)
    await addTemplates(ctx, samples)
    if (account.channel === 'voice') await proveByCalls(ctx, samples)
  }
  await addSample(ctx, { ...partner, config: partnerKey(key) })
}

export async function followPhone(ctx: Ctx, key: AccessKey, before: AccessKey): Promise<void> {
  for (const account of accounts) await followSimulator(ctx, { ...account, config: key }, before)
  await followSimulator(ctx, { ...partner, config: partnerKey(key) }, partnerKey(before))
}

/** Tells the simulator where receipts are taken, as one enters the address at Alibaba Cloud. */
export async function registerReceipts(ctx: Ctx, { port, simulatorUrl }: { port: number; simulatorUrl: string }) {
  for (const account of accounts) {
    const path = (await findSample(ctx, account))?.receiptPath
    if (!path) continue
    const body = { channel: account.channel, kind: 'callback', url: `http://127.0.0.1:${port}${path}` }
    const answer = await fetch(`${simulatorUrl}/control`, { method: 'POST', body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`The simulator did not take an address for receipts: ${await answer.text()}`)
  }
}
