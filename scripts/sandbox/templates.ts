/** The templates that the sandbox begins with, through the verbs of the console. */
import type { Ctx } from '#domain/base/ctx.ts'
import { getTemplate } from '#domain/templates/reading.ts'
import { saveCheckedTemplate } from '#domain/templates/saving.ts'
import type { TemplateKey } from '#domain/templates/template-key.ts'

export type SampleTemplate = Pick<TemplateKey, 'channel' | 'scenario' | 'appId' | 'accountId'> & { content: unknown }

/** Adds those that are not there yet. */
export async function addTemplates(ctx: Ctx, samples: readonly SampleTemplate[]): Promise<void> {
  for (const { content, ...key } of samples) {
    const { template } = await getTemplate(ctx, key)
    if (!template) await saveCheckedTemplate(ctx, { ...key, content, baseVersion: 0 })
  }
}
