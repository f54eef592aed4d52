/** The accounts of further vendors in the sandbox: saved beside the one that is in force, and not validated. */
import type { Ctx } from '#domain/base/ctx.ts'
import type { SandboxAccount } from '#simulator/channel.ts'
import { sandboxAccounts } from '#simulator/sandbox-accounts.ts'
import { addSample, findSample, followSimulator } from './accounts.ts'

/** By name: what each was given. */
export type Further = Record<string, Record<string, unknown>>

const sampleOf = ({ channel, provider, name }: SandboxAccount) => ({ channel, provider, name })

/** Adds each once, when it is not known yet, and has the others follow the simulator. Answers what each has. */
export async function addFurther(ctx: Ctx, secret: string, known: Further = {}): Promise<Further> {
  const further: Further = {}
  for (const account of sandboxAccounts) {
    const sample = { ...sampleOf(account), config: account.config(secret) }
    const before = known[account.name]
    if (before) await followSimulator(ctx, sample, before)
    else await addSample(ctx, sample)
    further[account.name] = sample.config
  }
  return further
}

/** Tells the simulator where their receipts are taken. */
export async function registerFurther(ctx: Ctx, { port, simulatorUrl }: { port: number; simulatorUrl: string }) {
  for (const account of sandboxAccounts) {
    const path = (await findSample(ctx, sampleOf(account)))?.receiptPath
    if (!path) continue
    const { channel, vendor } = account
    const body = { channel, vendor, kind: 'callback', url: `http://127.0.0.1:${port}${path}` }
    const answer = await fetch(`${simulatorUrl}/control`, { method: 'POST', body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`The simulator did not take an address for receipts: ${await answer.text()}`)
  }
}
