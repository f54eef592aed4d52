/** A message as it is accepted, made of what was resolved for it. Promises that a code is sealed before it goes anywhere. */
import { v7 } from 'uuid'
import { type ChannelId, isSideBySide } from '#channels/traits.ts'
import type { Tx } from '#db/database.ts'
import type { message } from '#db/schema/index.ts'
import { type acceptedColumns, insertMessages } from '#db/statements/accepting.ts'
import type { AppActor, Ctx } from '#domain/base/ctx.ts'
import type { Scenario } from '#domain/scenarios/scenarios.ts'

type Message = typeof message.$inferSelect

/** What a message comes from: a push rule and a device event, or a verification; and the trace of the call. */
type Origin = 'pushRuleId' | 'eventId' | 'verificationId' | 'traceparent'

/** A message to be written. One by a push rule has no template; its version is the rule's. */
export type NewMessage = Pick<Message, Exclude<keyof typeof acceptedColumns, Origin>> &
  Partial<Pick<Message, Origin>> & {
    jobGroup: string
    idempotencyKey?: string
    bodyHash?: string
    /** How many its rule's damping held back before it. */
    heldBefore?: number
  }

/** Never stored in clear: sealed until sent, then erased. */
const sealedNames = new Set(['code'])

export const sealedPlace = (messageId: string) => `message:${messageId}:variables`

/** The group of a message's job. Official accounts are in use side by side, and none of them delays another. */
export const groupOf = ({
  organizationId,
  channel,
  accountId,
}: Pick<Message, 'organizationId' | 'channel' | 'accountId'>) =>
  `${organizationId}:${isSideBySide(channel) && accountId ? accountId : channel}`

export type Draft = Pick<
  NewMessage,
  'recipient' | 'locale' | 'templateId' | 'templateVersion' | 'accountId' | 'reference'
> & {
  channel: ChannelId
  scenario: Pick<Scenario, 'key' | 'kind'>
  values: Record<string, string>
  codeLifetimeMinutes: number
}

export function draftMessage(ctx: Pick<Ctx, 'now' | 'secrets' | 'trace'>, app: AppActor, draft: Draft): NewMessage {
  const { scenario, values, codeLifetimeMinutes, ...given } = draft
  const now = ctx.now()
  const id = v7()
  const { organizationId } = app
  const secret = Object.fromEntries(Object.entries(values).filter(([name]) => sealedNames.has(name)))
  const open = Object.fromEntries(Object.entries(values).filter(([name]) => !sealedNames.has(name)))
  const minutes = Number(values.expires_in_minutes)
  const lifetime = (minutes > 0 && minutes <= 1440 ? minutes : codeLifetimeMinutes) * 60_000
  return {
    ...{ id, jobId: id, jobGroup: groupOf({ ...given, organizationId }) },
    ...given,
    organizationId,
    appId: app.appId,
    apiKeyId: app.keyId,
    kind: app.keyKind,
    scenario: scenario.key,
    variables: open,
    sealedVariables: Object.keys(secret).length > 0 ? ctx.secrets.seal(JSON.stringify(secret), sealedPlace(id)) : null,
    expiresAt: scenario.kind === 'verification' ? new Date(now.getTime() + lifetime) : null,
    createdAt: now,
    ...(ctx.trace?.traceparent ? { traceparent: ctx.trace.traceparent } : {}),
  }
}

/** Writes messages that come from something larger, in the caller's transaction. Workers hear of them once that is committed. */
export async function writeMessages(tx: Tx, messages: NewMessage[]): Promise<void> {
  if (messages.length > 0) await insertMessages(tx, { message: messages })
}
