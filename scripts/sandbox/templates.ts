/** The templates that the sandbox begins with, through the verbs of the console. */
import type { Ctx } from '#domain/base/ctx.ts'
import type { TemplatePlace } from '#domain/templates/place.ts'
import { getTemplate } from '#domain/templates/reading.ts'
import { saveCheckedTemplate } from '#domain/templates/saving.ts'

export type SampleTemplate = Pick<TemplatePlace, 'channel' | 'scenario' | 'appId' | 'accountId'> & { content: unknown }

/** Adds those whose place is empty. */
export async function addTemplates(ctx: Ctx, samples: readonly SampleTemplate[]): Promise<void> {
  for (const { content, ...place } of samples) {
    const { template } = await getTemplate(ctx, place)
    if (!template) await saveCheckedTemplate(ctx, { ...place, content, baseVersion: 0 })
  }
}
