/** A message as it is accepted, made of what was resolved for it. Promises that a code is sealed before it goes anywhere. */
import type { ChannelId } from '#channels/traits.ts'
import type { AppActor, Ctx } from '#domain/base/ctx.ts'
import type { Scenario } from '#domain/scenarios/scenarios.ts'
import { type NewMessage, newIds } from './writing.ts'

/** Never stored in clear: sealed until sent, then erased. */
const sealedNames = new Set(['code'])

export const sealedPlace = (messageId: string) => `message:${messageId}:variables`

/** `templateId` is null for a push rule, whose version it then is. */
export type Draft = Pick<
  NewMessage,
  'recipient' | 'locale' | 'templateId' | 'templateVersion' | 'accountId' | 'reference'
> & {
  channel: ChannelId
  scenario: Pick<Scenario, 'key' | 'kind'>
  values: Record<string, string>
  codeLifetimeMinutes: number
}

export function draftMessage(ctx: Pick<Ctx, 'now' | 'secrets'>, app: AppActor, draft: Draft): NewMessage {
  const { scenario, values, codeLifetimeMinutes, ...given } = draft
  const now = ctx.now()
  const ids = newIds()
  const secret = Object.fromEntries(Object.entries(values).filter(([name]) => sealedNames.has(name)))
  const open = Object.fromEntries(Object.entries(values).filter(([name]) => !sealedNames.has(name)))
  const minutes = Number(values.expires_in_minutes)
  const lifetime = (minutes > 0 && minutes <= 1440 ? minutes : codeLifetimeMinutes) * 60_000
  return {
    ...ids,
    ...given,
    organizationId: app.organizationId,
    appId: app.appId,
    apiKeyId: app.keyId,
    kind: app.keyKind,
    scenario: scenario.key,
    variables: open,
    sealedVariables:
      Object.keys(secret).length > 0 ? ctx.secrets.seal(JSON.stringify(secret), sealedPlace(ids.id)) : null,
    idempotencyKey: null,
    bodyHash: null,
    expiresAt: scenario.kind === 'verification' ? new Date(now.getTime() + lifetime) : null,
    createdAt: now,
  }
}
