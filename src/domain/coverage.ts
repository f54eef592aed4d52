/** The coverage matrix: what would be sent for every scenario on every channel, asked of the resolver that sending asks. */
import { need } from './access.ts'
import { audiencesOf, type ChannelId, channelIds } from './channels/contract.ts'
import type { Ctx } from './ctx.ts'
import { obstacle, resolveAll } from './resolution.ts'
import { listScenarios, type Scenario } from './scenarios.ts'

export type Cell = {
  scenario: string
  channel: ChannelId
  /** Whom it is for, where the channel's templates tell audiences apart; else `all`. */
  audience: string
  /** `usable`, `failing` (the account needs attention), a code of `obstacle`, or `not_offered` (the scenario has no such channel). */
  state:
    | 'usable'
    | 'failing'
    | 'channel_not_configured'
    | 'template_not_configured'
    | 'template_not_usable'
    | 'not_offered'
  /** For `template_not_usable`: why, a key of `Reason.*`, and the provider's own reason. */
  blocked: { reason: string; detail: string } | null
  origin: 'app' | 'default' | null
  version: number | null
  account: string | null
}

/** What an App (or, for null, an App without templates of its own) sends: a cell for each scenario, channel and audience. */
export async function coverage(
  ctx: Ctx,
  input: { appId: string | null; channels?: ChannelId[] },
): Promise<{ scenarios: Scenario[]; cells: Cell[] }> {
  const organizationId = need(ctx, 'templates:read')
  const scenarios = await listScenarios(ctx)
  const channels = (input.channels ?? channelIds).filter((channel) => ctx.catalog.channelIds.includes(channel))
  const questions = scenarios.flatMap(({ key }) =>
    channels.flatMap((channel) =>
      audiencesOf(ctx.catalog.channel(channel)).map((audience) => ({
        ...{ organizationId, appId: input.appId, channel, scenario: key, audience },
      })),
    ),
  )
  const resolutions = await resolveAll(ctx.db, questions)
  const cells = questions.map(({ scenario, channel, audience }, index): Cell => {
    const resolution = resolutions[index]
    const empty = { scenario, channel, audience, blocked: null, origin: null, version: null, account: null }
    if (!resolution?.scenario?.channels.includes(channel)) return { ...empty, state: 'not_offered' }
    const reason = obstacle(resolution)
    const state = reason ? (reason.code as Cell['state']) : resolution.account?.failing ? 'failing' : 'usable'
    return {
      ...empty,
      state,
      blocked: state === 'template_not_usable' ? (resolution.template?.blocked ?? null) : null,
      origin: resolution.template?.origin ?? null,
      version: resolution.template?.version ?? null,
      account: resolution.account?.name ?? null,
    }
  })
  return { scenarios, cells }
}
