/** What a message said, as the log shows it: its code as dots and its recipient masked, whoever looks. */
import { and, eq, sql } from 'drizzle-orm'
import { message, pushRule, templateVersion } from '#db/schema/index.ts'
import { need } from '../access.ts'
import { type ChannelId, ContentError } from '../channels/contract.ts'
import { maskPhonesIn } from '../channels/phone.ts'
import type { Ctx } from '../ctx.ts'
import { ruleVariables } from '../push-rules/rule-variables.ts'
import { getScenario } from '../scenarios.ts'
import { maskRecipient } from './log.ts'

const dots = '••••••'

/** A value that may hold the recipient, in whatever form a backend wrote it. */
const masked = (value: string, recipient: string): string =>
  recipient.startsWith('+') ? maskPhonesIn(value, recipient) : value.replaceAll(recipient, maskRecipient(recipient))

/**
 * The content as it was or would be sent, as its channel composes it for this recipient; null when its template version is
 * gone, or has nothing for such a recipient.
 */
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
  const variables = Object.entries(row.variables).map(([name, value]) => [name, masked(value, row.recipient)])
  const values = { code: dots, ...Object.fromEntries(variables) }
  try {
    const channel = ctx.catalog.channel(row.channel as ChannelId)
    return channel.compose(row.content, values, ruleVariables(scenario), row.recipient)
  } catch (error) {
    if (error instanceof ContentError) return null
    throw error
  }
}
