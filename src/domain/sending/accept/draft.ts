/** A message as it is accepted, made of what was resolved for it. Promises that a code is sealed before it goes anywhere. */
import type { ChannelId } from '#channels/contract.ts'
import type { AppActor, Ctx } from '#domain/base/ctx.ts'
import type { Scenario } from '#domain/scenarios/scenarios.ts'
import { type NewMessage, newIds } from './accept.ts'

/** Never stored in clear: sealed until sent, then erased. */
const sealedNames = new Set(['code'])

export const sealedPlace = (messageId: string) => `message:${messageId}:variables`

export type Draft = {
  channel: ChannelId
  scenario: Pick<Scenario, 'key' | 'kind'>
  recipient: string
  locale: string | null
  /** What it is made from, and which version of that; a push rule has no template. */
  templateId: string | null
  version: number
  accountId: string | null
  values: Record<string, string>
  codeLifetimeMinutes: number
  reference: string | null
}

export function draftMessage(ctx: Pick<Ctx, 'now' | 'secrets'>, app: AppActor, draft: Draft): NewMessage {
  const { channel, scenario, values } = draft
  const now = ctx.now()
  const ids = newIds()
  const secret = Object.fromEntries(Object.entries(values).filter(([name]) => sealedNames.has(name)))
  const open = Object.fromEntries(Object.entries(values).filter(([name]) => !sealedNames.has(name)))
  const minutes = Number(values.expires_in_minutes)
  const lifetime = (minutes > 0 && minutes <= 1440 ? minutes : draft.codeLifetimeMinutes) * 60_000
  return {
    ...ids,
    organization_id: app.organizationId,
    app_id: app.appId,
    api_key_id: app.keyId,
    kind: app.keyKind,
    channel,
    scenario: scenario.key,
    recipient: draft.recipient,
    locale: draft.locale,
    template_id: draft.templateId,
    template_version: draft.version,
    account_id: draft.accountId,
    variables: open,
    sealed_variables:
      Object.keys(secret).length > 0 ? ctx.secrets.seal(JSON.stringify(secret), sealedPlace(ids.id)) : null,
    reference: draft.reference,
    idempotency_key: null,
    body_hash: null,
    expires_at: scenario.kind === 'verification' ? new Date(now.getTime() + lifetime).toISOString() : null,
    created_at: now.toISOString(),
  }
}
