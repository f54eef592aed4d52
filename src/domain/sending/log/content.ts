/** What a message said, as the log shows it: its code as dots and its recipient masked, whoever looks. */
import { and, eq, sql } from 'drizzle-orm'
import { ContentError } from '#channels/contract.ts'
import type { ChannelId } from '#channels/traits.ts'
import { message, pushRuleVersion, templateVersion } from '#db/schema/index.ts'
import { need } from '#domain/base/access.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { ruleVariables } from '#domain/push-rules/rule-variables.ts'
import { listScenarios } from '#domain/scenarios/scenarios.ts'
import { maskedIn } from './masks.ts'

const dots = '••••••'

/** What a push rule says outlives the event that it was for: then the names that the message had values for. */
async function declaredIn(ctx: Ctx, key: string, values: Record<string, string>): Promise<string[]> {
  const scenario = (await listScenarios(ctx)).find((one) => one.key === key)
  return scenario ? ruleVariables(scenario) : Object.keys(values)
}

/**
 * The content as it was or would be sent, as its channel composes it for this recipient; null when its values are not kept any
 * more, or its template version is gone or has nothing for such a recipient.
 */
export async function messageContent(ctx: Ctx, id: string): Promise<unknown> {
  const organizationId = need(ctx, 'messages:read')
  const [row] = await ctx.db
    .select({
      channel: message.channel,
      scenario: message.scenario,
      recipient: message.recipient,
      variables: message.variables,
      isDropped: message.contentDropped,
      content: sql<unknown>`coalesce(${templateVersion.content}, ${pushRuleVersion.content})`,
    })
    .from(message)
    .leftJoin(
      templateVersion,
      and(eq(templateVersion.templateId, message.templateId), eq(templateVersion.version, message.templateVersion)),
    )
    .leftJoin(
      pushRuleVersion,
      and(eq(pushRuleVersion.ruleId, message.pushRuleId), eq(pushRuleVersion.version, message.templateVersion)),
    )
    .where(and(eq(message.organizationId, organizationId), eq(message.id, id)))
  if (!row?.content || row.isDropped) return null
  const variables = Object.entries(row.variables).map(([name, value]) => [name, maskedIn(value, row.recipient)])
  const values = { code: dots, ...Object.fromEntries(variables) }
  const declared = await declaredIn(ctx, row.scenario, values)
  const channel = ctx.catalog.channel(row.channel as ChannelId)
  await channel.prepare?.(row.content, declared)
  try {
    return channel.compose(row.content, values, declared, row.recipient)
  } catch (error) {
    if (error instanceof ContentError) return null
    throw error
  }
}
