/**
 * What a message in hand is sent with, looked up anew at each attempt: the template that is in force and the validated account,
 * or its push rule and the rule's account. No message goes out by what is not in force any more.
 */
import { and, eq, or } from 'drizzle-orm'
import { audienceOf } from '#channels/contract.ts'
import type { ChannelId } from '#channels/traits.ts'
import { templateVersion } from '#db/schema/index.ts'
import type { OutcomeCode, RuleFault, TemplateFault } from '#domain/base/codes.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { remembering } from '#domain/base/remembering.ts'
import { type RuleState, rulesById } from '#domain/push-rules/rule-state.ts'
import { ruleVariables } from '#domain/push-rules/rule-variables.ts'
import { type Question, type Resolution, resolveAll } from '#domain/templates/resolution.ts'
import type { Claimed, Result } from './claim.ts'

export type Answer = Omit<Result, 'message' | 'accountId' | 'templateId' | 'templateVersion'>

export type ResolvedSend = {
  account: { id: string; changedAt: Date } | null
  templateId: string | null
  /** Of the template or the rule. */
  version: number | null
  content: unknown
  /** The variables that the content uses, and those that it may. */
  used: readonly string[]
  declared: readonly string[]
  /** Why it fails: what it is made from is gone. */
  failure: Answer | null
  /** Why it waits for a person. */
  wait: Answer | null
}

/** Waits until a person has put its template right, or its push rule. */
export const waitForTemplate = (reason: TemplateFault | RuleFault, detail = ''): Answer => ({
  ...{ status: 'queued', nextAt: null, waitsFor: 'template', code: 'template_not_usable' },
  detail: detail ? `${reason}: ${detail}` : reason,
})
const waitForAccount = (code: OutcomeCode): Answer => ({ status: 'queued', nextAt: null, code })

const nothing = {
  account: null,
  templateId: null,
  version: null,
  content: undefined,
  used: [],
  declared: [],
  wait: null,
}

function sendByTemplate({ account, template, scenario }: Resolution, content: unknown): ResolvedSend {
  const sentWith = { account, templateId: template?.id ?? null, version: template?.version ?? null }
  if (!scenario || !template || content === undefined) {
    return { ...nothing, ...sentWith, failure: { status: 'failed', code: 'template_not_configured' } }
  }
  const wait = !account
    ? waitForAccount('channel_not_configured')
    : account.failing
      ? waitForAccount('account_failing')
      : template.blocked && waitForTemplate(template.blocked.reason, template.blocked.detail)
  return { ...sentWith, content, used: template.variables, declared: scenario.variables, failure: null, wait }
}

/** A rule that was made one of another event says nothing about this one. */
function sendByRule(rule: RuleState | undefined, message: Claimed): ResolvedSend {
  if (!rule?.scenario || rule.scenario.key !== message.scenario || rule.appId !== message.appId) {
    return { ...nothing, failure: { status: 'failed', code: 'push_rule_gone' } }
  }
  const { account, version, content, variables: used } = rule
  const fault = rule.invalid ?? (rule.enabled ? null : 'rule_disabled')
  const wait = fault ? waitForTemplate(fault) : account?.failing ? waitForAccount('account_failing') : null
  const declared = ruleVariables(rule.scenario)
  return { account, templateId: null, version, content, used, declared, failure: null, wait }
}

const contentKey = ({ template }: Resolution) => (template ? `${template.id}:${template.version}` : '')

/** Resolves what messages in hand are sent with. Contents are remembered: a version never changes. */
export function sendResolver(ctx: Ctx): (messages: readonly Claimed[]) => Promise<(message: Claimed) => ResolvedSend> {
  const contents = remembering<unknown>(2000)

  const questionOf = ({ organizationId, appId, channel, scenario, locale, recipient }: Claimed): Question => ({
    ...{ organizationId, appId, channel: channel as ChannelId, scenario, locale },
    audience: audienceOf(ctx.catalog.channel(channel as ChannelId), recipient),
  })

  const load = async (resolutions: readonly Resolution[]) => {
    const missing = resolutions.flatMap((resolution) =>
      resolution.template && contents.get(contentKey(resolution)) === undefined ? [resolution.template] : [],
    )
    if (missing.length === 0) return
    const versions = missing.map(({ id, version }) =>
      and(eq(templateVersion.templateId, id), eq(templateVersion.version, version)),
    )
    const rows = await ctx.db
      .select()
      .from(templateVersion)
      .where(or(...versions))
    for (const row of rows) contents.set(`${row.templateId}:${row.version}`, row.content)
  }

  return async (messages) => {
    const ruleIds = new Set(messages.flatMap(({ pushRuleId }) => pushRuleId ?? []))
    const questions = new Map(
      messages.flatMap((message) => {
        if (message.pushRuleId) return []
        const question = questionOf(message)
        return [[JSON.stringify(question), question] as const]
      }),
    )
    const [rules, resolutions] = await Promise.all([
      rulesById(ctx.db, [...ruleIds]),
      resolveAll(ctx.db, [...questions.values()]),
    ])
    await load(resolutions)
    const byQuestion = new Map([...questions.keys()].map((question, index) => [question, resolutions[index]]))
    return (message) => {
      if (message.pushRuleId) return sendByRule(rules.get(message.pushRuleId), message)
      const resolution = byQuestion.get(JSON.stringify(questionOf(message)))
      if (!resolution) throw new Error('A message in hand was not resolved.')
      return sendByTemplate(resolution, contents.get(contentKey(resolution)))
    }
  }
}
