/**
 * The coverage matrix: what would be sent for every scenario on every channel, asked of the resolver that sending asks, and of
 * the push rules where those say it.
 */
import { and, eq } from 'drizzle-orm'
import { audiencesOf, everybody } from '#channels/contract.ts'
import { type ChannelId, channelIds, isByRules, ruleChannel } from '#channels/traits.ts'
import { account } from '#db/schema/index.ts'
import { need } from '../base/access.ts'
import type { RuleFault, TemplateFault } from '../base/codes.ts'
import type { Ctx } from '../base/ctx.ts'
import { type RuleState, rulesOfApp } from '../push-rules/rule-state.ts'
import { listScenarios, type Scenario } from '../scenarios/scenarios.ts'
import { obstacle, type Resolution, resolveAll } from './resolution.ts'

export type Cell = {
  scenario: string
  channel: ChannelId
  /** Whom it is for, where the channel's templates tell audiences apart; else `all`. */
  audience: string
  /**
   * `usable`, `failing` (the account needs attention), a code of `obstacle`, or `not_offered` (the scenario has no such
   * channel). Where push rules say what is sent, their lack is `template_not_configured`.
   */
  state:
    | 'usable'
    | 'failing'
    | 'channel_not_configured'
    | 'template_not_configured'
    | 'template_not_usable'
    | 'not_offered'
  /** For `template_not_usable`: why, a key of `Reason.*`, and the provider's own reason. */
  blocked: { reason: TemplateFault | RuleFault; detail: string } | null
  origin: 'app' | 'default' | null
  version: number | null
  account: string | null
}

type CellKey = Pick<Cell, 'scenario' | 'channel' | 'audience'>

const empty = { blocked: null, origin: null, version: null, account: null }

function cellByTemplate(cell: CellKey, resolution: Resolution): Cell {
  const reason = obstacle(resolution)
  const state = reason ? (reason.code as Cell['state']) : resolution.account?.failing ? 'failing' : 'usable'
  return {
    ...cell,
    state,
    blocked: state === 'template_not_usable' ? (resolution.template?.blocked ?? null) : null,
    origin: resolution.template?.origin ?? null,
    version: resolution.template?.version ?? null,
    account: resolution.account?.name ?? null,
  }
}

function cellByRule(cell: CellKey, rule: RuleState): Cell {
  const reason = rule.invalid ?? (rule.enabled ? null : 'rule_disabled')
  return {
    ...cell,
    state: reason ? 'template_not_usable' : rule.account?.failing ? 'failing' : 'usable',
    blocked: reason ? { reason, detail: '' } : null,
    origin: 'app',
    version: rule.version,
    account: rule.account?.name ?? null,
  }
}

const best: readonly Cell['state'][] = ['usable', 'failing', 'template_not_usable']

/** Of several rules the one that does most: one that works is enough for something to be sent. */
function cellByRules(cell: CellKey, rules: readonly RuleState[], hasAccounts: boolean): Cell {
  const [first] = rules
    .map((rule) => cellByRule(cell, rule))
    .sort((a, b) => best.indexOf(a.state) - best.indexOf(b.state))
  return first ?? { ...cell, ...empty, state: hasAccounts ? 'template_not_configured' : 'channel_not_configured' }
}

async function rulesFor(ctx: Ctx, organizationId: string, appId: string | null) {
  const ofChannel = and(eq(account.organizationId, organizationId), eq(account.channel, ruleChannel))
  const [rules, accounts] = await Promise.all([
    appId ? rulesOfApp(ctx.db, { organizationId, appId }) : [],
    ctx.db.select({ id: account.id }).from(account).where(ofChannel).limit(1),
  ])
  return { rules, hasAccounts: accounts.length > 0 }
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
      (isByRules(channel) ? [everybody] : audiencesOf(ctx.catalog.channel(channel))).map((audience) => ({
        ...{ organizationId, appId: input.appId, channel, scenario: key, audience },
      })),
    ),
  )
  const [resolutions, { rules, hasAccounts }] = await Promise.all([
    resolveAll(ctx.db, questions),
    rulesFor(ctx, organizationId, input.appId),
  ])
  const cells = questions.map(({ scenario, channel, audience }, index): Cell => {
    const resolution = resolutions[index]
    const cell = { scenario, channel, audience }
    if (!resolution?.scenario?.channels.includes(channel)) return { ...cell, ...empty, state: 'not_offered' }
    if (!isByRules(channel)) return cellByTemplate(cell, resolution)
    const ofEvent = rules.filter((rule) => rule.scenario?.key === scenario)
    return cellByRules(cell, ofEvent, hasAccounts)
  })
  return { scenarios, cells }
}
