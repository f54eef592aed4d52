/** Templates, and the scenarios they are for. */
import { z } from 'zod'
import { channelIds } from '#domain/channels/contract.ts'
import { coverage } from '#domain/resolution.ts'
import { addScenario, listScenarios, removeScenario, SaveScenario, scenarioDependents } from '#domain/scenarios.ts'
import {
  getTemplate,
  listTemplates,
  listVersions,
  resetTemplate,
  SaveTemplate,
  saveTemplate,
  TemplatePlace,
} from '#domain/templates/templates.ts'
import { procedure, router } from './trpc.ts'

const ByKey = z.object({ key: z.string().max(40) })

export const templatesRouter = router({
  /** The table of a channel's page: what would be sent for each scenario, by default (null) or by one App. */
  cells: procedure
    .input(z.object({ channel: z.enum(channelIds), appId: z.uuid().nullable() }))
    .query(({ ctx, input }) => coverage(ctx.domain, { appId: input.appId, channels: [input.channel] })),
  list: procedure
    .input(z.object({ channel: z.enum(channelIds) }))
    .query(({ ctx, input }) => listTemplates(ctx.domain, input.channel)),
  get: procedure.input(TemplatePlace).query(({ ctx, input }) => getTemplate(ctx.domain, input)),
  versions: procedure.input(TemplatePlace).query(({ ctx, input }) => listVersions(ctx.domain, input)),
  save: procedure.input(SaveTemplate).mutation(({ ctx, input }) => saveTemplate(ctx.domain, input)),
  reset: procedure.input(TemplatePlace).mutation(({ ctx, input }) => resetTemplate(ctx.domain, input)),
  scenarios: procedure.query(({ ctx }) => listScenarios(ctx.domain)),
  addScenario: procedure.input(SaveScenario).mutation(({ ctx, input }) => addScenario(ctx.domain, input)),
  scenarioDependents: procedure.input(ByKey).query(({ ctx, input }) => scenarioDependents(ctx.domain, input.key)),
  removeScenario: procedure.input(ByKey).mutation(({ ctx, input }) => removeScenario(ctx.domain, input.key)),
})
