/** Templates, and the scenarios they are for. */
import { z } from 'zod'
import { Text } from '#channels/text.ts'
import { channelIds } from '#channels/traits.ts'
import { Undo } from '#domain/base/undo.ts'
import { addScenario, listScenarios, removeScenario, SaveScenario } from '#domain/scenarios/scenarios.ts'
import { TestSend, testSend } from '#domain/sending/trials/test-send.ts'
import { coverage } from '#domain/templates/coverage.ts'
import { emailExamples, exampleLanguages } from '#domain/templates/examples.ts'
import { ProofPlace, proofOf } from '#domain/templates/proof.ts'
import {
  ProviderDetails,
  ProviderLists,
  providerDetails,
  providerLists,
  refreshApprovals,
} from '#domain/templates/provider-lists.ts'
import { getTemplate, getVersion, listTemplates, listVersions, VersionKey } from '#domain/templates/reading.ts'
import { resetTemplate, restoreTemplate } from '#domain/templates/resetting.ts'
import { SampleValues, sampleValues, saveSampleValues } from '#domain/templates/samples.ts'
import { saveCheckedTemplate } from '#domain/templates/saving.ts'
import { TemplateKey } from '#domain/templates/template-key.ts'
import { SaveTemplate } from '#domain/templates/templates.ts'
import { procedure, router } from './trpc.ts'

const ByKey = z.object({ key: Text(40) })

export const templatesRouter = router({
  /** The table of a channel's page: what would be sent for each scenario, by default (null) or by one App. */
  cells: procedure
    .input(z.object({ channel: z.enum(channelIds), appId: z.uuid().nullable() }))
    .query(({ ctx, input }) => coverage(ctx.domain, { appId: input.appId, channels: [input.channel] })),
  list: procedure
    .input(z.object({ channel: z.enum(channelIds), appId: z.uuid().nullable().optional() }))
    .query(({ ctx, input }) => listTemplates(ctx.domain, input.channel, input.appId)),
  get: procedure.input(TemplateKey).query(({ ctx, input }) => getTemplate(ctx.domain, input)),
  versions: procedure.input(TemplateKey).query(({ ctx, input }) => listVersions(ctx.domain, input)),
  version: procedure.input(VersionKey).query(({ ctx, input }) => getVersion(ctx.domain, input)),
  /** Ready-made contents for a built-in scenario; none for a scenario of one's own. */
  examples: procedure
    .input(z.object({ scenario: Text(40), language: z.enum(exampleLanguages) }))
    .query(({ input }) => emailExamples(input.scenario, input.language)),
  /** What an account has at its provider, asked for now. */
  providerLists: procedure.input(ProviderLists).query(({ ctx, input }) => providerLists(ctx.domain, input)),
  providerDetails: procedure.input(ProviderDetails).query(({ ctx, input }) => providerDetails(ctx.domain, input)),
  refreshApprovals: procedure.input(ProviderLists).mutation(({ ctx, input }) => refreshApprovals(ctx.domain, input)),
  /** What the last call with such a content has shown; null while there was none. */
  proof: procedure.input(ProofPlace).query(({ ctx, input }) => proofOf(ctx.domain, input)),
  save: procedure.input(SaveTemplate).mutation(({ ctx, input }) => saveCheckedTemplate(ctx.domain, input)),
  /** Sends exactly this content, saved or not, to an address of the person's, at once. */
  testSend: procedure.input(TestSend).mutation(({ ctx, input }) => testSend(ctx.domain, input)),
  sampleValues: procedure
    .input(z.object({ scenario: Text(40) }))
    .query(({ ctx, input }) => sampleValues(ctx.domain, input.scenario)),
  saveSampleValues: procedure.input(SampleValues).mutation(({ ctx, input }) => saveSampleValues(ctx.domain, input)),
  reset: procedure.input(TemplateKey).mutation(({ ctx, input }) => resetTemplate(ctx.domain, input)),
  /** Undoes a reset. */
  restore: procedure.input(Undo).mutation(({ ctx, input }) => restoreTemplate(ctx.domain, input)),
  scenarios: procedure.query(({ ctx }) => listScenarios(ctx.domain)),
  addScenario: procedure.input(SaveScenario).mutation(({ ctx, input }) => addScenario(ctx.domain, input)),
  removeScenario: procedure.input(ByKey).mutation(({ ctx, input }) => removeScenario(ctx.domain, input.key)),
})
