/** What the sandbox says by mail: the examples of the editor, from an account at the simulator's mail server. */
import type { Ctx } from '#domain/base/ctx.ts'
import { builtInScenarios } from '#domain/scenarios/scenarios.ts'
import { emailExamples } from '#domain/templates/examples.ts'
import { addSample, followSimulator } from './accounts.ts'
import type { Smtp } from './sandbox-file.ts'
import { addTemplates, type SampleTemplate } from './templates.ts'

const account = { channel: 'email', provider: 'smtp', name: 'Sandbox mail' } as const

/** @param appId of the App that has a template of its own, in Chinese */
export async function addEmail(ctx: Ctx, smtp: Smtp, appId: string | undefined): Promise<void> {
  const config = { ...smtp, encryption: 'starttls', fromAddress: smtp.username, fromName: 'Acme' }
  await addSample(ctx, { ...account, config })
  const place = { channel: 'email', accountId: null } as const
  const defaults = builtInScenarios.flatMap(({ key }): SampleTemplate[] => {
    const [example] = emailExamples(key, 'en')
    return example ? [{ ...place, scenario: key, appId: null, content: example.content }] : []
  })
  const [inChinese] = emailExamples('login', 'zh-CN')
  const own = appId && inChinese ? [{ ...place, scenario: 'login', appId, content: inChinese.content }] : []
  await addTemplates(ctx, [...defaults, ...own])
}

export const followEmail = (ctx: Ctx, smtp: Smtp, before: Smtp): Promise<void> =>
  followSimulator(ctx, { ...account, config: smtp }, before)
