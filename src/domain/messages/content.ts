/** What a message of the log says. Promises that no code and no whole address is in it. */
import { and, eq, sql } from 'drizzle-orm'
import { message, pushRule, templateVersion } from '#db/schema/index.ts'
import { need } from '../access.ts'
import type { ChannelId } from '../channels/contract.ts'
import type { Ctx } from '../ctx.ts'
import { ruleVariables } from '../push-rules/standing.ts'
import { getScenario } from '../scenarios.ts'
import { maskRecipient } from './log.ts'

/** The content as it was or would be sent, its code and the recipient masked; null when its template version is gone. */
export async function messageContent(ctx: Ctx, id: string): Promise<unknown> {
  const organizationId = need(ctx, 'messages:read')
  const [row] = await ctx.db
    .select({
      channel: message.channel,
      scenario: message.scenario,
      recipient: message.recipient,
      variables: message.variables,
      content: sql<unknown>`coalesce(${templateVersion.content}, ${pushRule.content})`,
    })
    .from(message)
    .leftJoin(
      templateVersion,
      and(eq(templateVersion.templateId, message.templateId), eq(templateVersion.version, message.templateVersion)),
    )
    // Of a push rule no version is kept but the one in force.
    .leftJoin(pushRule, and(eq(pushRule.id, message.pushRuleId), eq(pushRule.version, message.templateVersion)))
    .where(and(eq(message.organizationId, organizationId), eq(message.id, id)))
  if (!row?.content) return null
  const scenario = await getScenario(ctx, row.scenario)
  const masked = Object.entries(row.variables).map(([name, value]) => [
    name,
    value.replaceAll(row.recipient, maskRecipient(row.recipient)),
  ])
  return ctx.catalog
    .channel(row.channel as ChannelId)
    .compose(row.content, { code: '••••••', ...Object.fromEntries(masked) }, ruleVariables(scenario))
}
