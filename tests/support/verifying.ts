/** An App that has its codes made: what it asks for, and what arrives. */
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { verification } from '#db/schema/index.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { checkVerification } from '#domain/verifications/checking.ts'
import { changeCodeSettings, codeSettings } from '#domain/verifications/code-settings.ts'
import { StartVerification, startVerification } from '#domain/verifications/starting.ts'
import type { Stage } from './make.ts'

type Given = Partial<z.input<typeof StartVerification>>

export const start = async (asApp: Ctx, given: Given = {}, options: { idempotencyKey?: string } = {}) =>
  startVerification(
    asApp,
    StartVerification.parse({ channel: 'email', scenario: 'login', to: 'ann@example.com', ...given }),
    options,
  )

export const started = async (asApp: Ctx, given: Given = {}) => (await start(asApp, given)).answer

export const check = async (asApp: Ctx, id: string, code: string) =>
  (await checkVerification(asApp, id, { code })).answer

/** Delivers what is due; the codes that arrived in mails, in order. */
export async function arrived(stage: Stage): Promise<string[]> {
  const before = stage.provider.calls.length
  await stage.deliver()
  return stage.provider.calls
    .slice(before)
    .map(({ message }) => /<b>(\d+)<\/b>/.exec((message as { html: string }).html)?.[1] ?? 'none')
}

/** Another code of the same length. */
export const wrong = (code: string): string => code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10))

export async function verificationRow(stage: Stage, id: string) {
  const [row] = await stage.db.select().from(verification).where(eq(verification.id, id))
  return row
}

/** The code of an open verification, as nobody but its recipient sees it. */
export async function codeOf(stage: Stage, id: string): Promise<string> {
  const row = await verificationRow(stage, id)
  return stage.lent.secrets.open(row?.sealedCode ?? '', `verification:${id}:code`)
}

export async function withSettings(
  owner: Ctx,
  appId: string,
  settings: Partial<Omit<Parameters<typeof changeCodeSettings>[1], 'appId'>>,
) {
  await changeCodeSettings(owner, { ...(await codeSettings(owner, appId)), ...settings, appId })
}
