/**
 * Starting a verification: Signet makes a code and sends it. Promises that an App's scenario and recipient have one open
 * verification at most, and that asking again within its life sends the same code once more.
 */
import { randomInt } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { z } from 'zod'
import type { Tx } from '#db/database.ts'
import { app as appTable, verification } from '#db/schema/index.ts'
import type { ProblemCode } from '../base/codes.ts'
import type { AppActor, Ctx } from '../base/ctx.ts'
import { DomainError, invalid } from '../base/errors.ts'
import { answerOnce, keyedCall } from '../base/idempotency.ts'
import { openOrNothing } from '../base/secrets.ts'
import { fillIn, type Scenario } from '../scenarios/scenarios.ts'
import { draftMessage, writeMessages } from '../sending/accept/draft.ts'
import { appOn, audienceAt, checkedAddress, SubmitMessage } from '../sending/accept/messages.ts'
import { type Resolution, resolveAll } from '../templates/resolution.ts'
import { CodeRefused, guard, needRunning, noteDecision } from './guard.ts'
import { callingCode, cooldown, countHour, countRecipient } from './sending-limits.ts'

const { channel, scenario, to, variables, reference, locale } = SubmitMessage.shape

export const StartVerification = z.strictObject({
  ...{ channel, scenario, to },
  client_ip: z
    .union([z.ipv4(), z.ipv6()], { error: 'invalid_ip' satisfies ProblemCode })
    .optional()
    .describe(
      'Address of the person’s device: counted for the limits and the guard of codes that one address asks for.',
    ),
  /** Of the scenario's variables those that Signet does not make itself. */
  ...{ variables, reference, locale },
})
export type StartVerification = z.infer<typeof StartVerification>

export type StartedVerification = {
  id: string
  status: 'pending'
  expires_at: string
  /** When the next code may be sent to this recipient. */
  resend_at: string
  /** The message that carries the code. */
  message_id: string
}

/** A test key's code, so that an App's own tests can enter it: nothing is sent. */
const testCode = (length: number) => '12345678'.slice(0, length)

const newCode = (length: number) => String(randomInt(10 ** length)).padStart(length, '0')

const codePlace = (id: string) => `verification:${id}:code`

/** What a try is compared with: of no use without the master key, and for no other verification. */
export const hashOfCode = ({ secrets }: Pick<Ctx, 'secrets'>, id: string, code: string) =>
  secrets.fingerprint(`verification:${id}:${code}`)

const made = ['code', 'expires_in_minutes']

type Settings = typeof appTable.$inferSelect
type Resolved = { resolution: Resolution; scenario: Scenario; settings: Settings; recipient: string }

/** What is resolved for a call, once everything that can be wrong with it has been ruled out. @throws DomainError */
async function resolveFor(ctx: Ctx, app: AppActor, input: StartVerification): Promise<Resolved> {
  const { organizationId, appId } = app
  const audience = audienceAt(ctx, input.channel, input.to)
  const question = { organizationId, appId, channel: input.channel, scenario: input.scenario, audience }
  const [[resolution], [settings]] = await Promise.all([
    resolveAll(ctx.db, [{ ...question, locale: input.locale ?? null }]),
    ctx.db.select().from(appTable).where(eq(appTable.id, appId)),
  ])
  if (!resolution || !settings) throw new DomainError('unauthorized', 'The App is gone.')
  if (resolution.scenario && resolution.scenario.kind !== 'verification') {
    throw invalid({ path: 'scenario', code: 'not_verification' })
  }
  const reserved = made.filter((name) => Object.hasOwn(input.variables, name))
  if (reserved.length > 0)
    throw invalid(...reserved.map((name) => ({ path: `variables.${name}`, code: 'unknown_field' }) as const))
  const recipient = checkedAddress(ctx, app, resolution, input)
  const country = callingCode(recipient)
  if (country && !settings.codeCountries.includes(country)) {
    throw new DomainError('recipient_invalid', `This App sends no codes to numbers of +${country}.`, {
      fields: [{ path: 'to', code: 'country_not_allowed' }],
    })
  }
  const { scenario } = resolution
  if (!scenario) throw new DomainError('unknown_scenario', 'There is no such scenario.')
  return { resolution, scenario, settings, recipient }
}

type Open = { id: string; code: string; expiresAt: Date; counted: string[] }

/** The open verification with its code; undefined, and ended, where it is too late for another try or its code is not to be had. */
async function stillOpen(ctx: Ctx, tx: Tx, app: AppActor, resolved: Resolved): Promise<Open | undefined> {
  const [row] = await tx
    .select()
    .from(verification)
    .where(
      and(
        eq(verification.appId, app.appId),
        eq(verification.kind, app.keyKind),
        eq(verification.scenario, resolved.scenario.key),
        eq(verification.recipient, resolved.recipient),
        eq(verification.status, 'pending'),
      ),
    )
    .for('update')
  if (!row) return undefined
  const { id, expiresAt, sealedCode, counted } = row
  const code = expiresAt > ctx.now() && sealedCode ? openOrNothing(ctx.secrets, sealedCode, codePlace(id)) : undefined
  if (code !== undefined) return { id, code, expiresAt, counted }
  await tx.update(verification).set({ status: 'expired', sealedCode: null }).where(eq(verification.id, id))
  return undefined
}

/** Undefined when another call opened one meanwhile. */
async function open(ctx: Ctx, tx: Tx, app: AppActor, resolved: Resolved): Promise<Open | undefined> {
  const { codeLength, codeLifetimeMinutes } = resolved.settings
  const id = v7()
  const code = app.keyKind === 'test' ? testCode(codeLength) : newCode(codeLength)
  const now = ctx.now()
  const expiresAt = new Date(now.getTime() + codeLifetimeMinutes * 60_000)
  const added = await tx
    .insert(verification)
    .values({
      ...{ id, appId: app.appId, kind: app.keyKind, scenario: resolved.scenario.key, recipient: resolved.recipient },
      ...{ status: 'pending' as const, codeHash: hashOfCode(ctx, id, code), createdAt: now, expiresAt },
      sealedCode: ctx.secrets.seal(code, codePlace(id)),
    })
    .onConflictDoNothing()
    .returning({ id: verification.id })
  return added.length > 0 ? { id, code, expiresAt, counted: [] } : undefined
}

/** The message with the code. It is not sent any more once the code has expired. */
function messageFrom(ctx: Ctx, app: AppActor, resolved: Resolved, { code, expiresAt }: Open, input: StartVerification) {
  const { resolution, scenario, recipient, settings } = resolved
  const minutes = Math.max(1, Math.ceil((expiresAt.getTime() - ctx.now().getTime()) / 60_000))
  const { codeLifetimeMinutes, name: appName } = settings
  const values = fillIn(
    scenario,
    { ...input.variables, code, expires_in_minutes: String(minutes) },
    resolution.template?.variables ?? [],
    { appName, recipient, codeLifetimeMinutes, now: ctx.now() },
  )
  const draft = draftMessage(ctx, app, {
    ...{ channel: input.channel, scenario, recipient, values, codeLifetimeMinutes },
    locale: input.locale ?? null,
    templateId: resolution.template?.id ?? null,
    templateVersion: resolution.template?.version ?? 0,
    accountId: resolution.account?.id ?? null,
    reference: input.reference ?? null,
  })
  return { ...draft, expiresAt }
}

const bodyOf = (input: StartVerification) => [
  ...['start', input.channel, input.scenario, input.to, input.client_ip ?? null, input.reference ?? null],
  ...[input.locale ?? null, Object.entries(input.variables).sort()],
]

async function start(ctx: Ctx, tx: Tx, app: AppActor, input: StartVerification): Promise<StartedVerification> {
  const resolved = await resolveFor(ctx, app, input)
  const { settings, recipient } = resolved
  const { countedAs = String } = ctx.catalog.channel(input.channel)
  // A test key sends nothing that had to be limited.
  const isLimited = app.keyKind !== 'test'
  if (isLimited) needRunning(settings, input.channel)
  const next = isLimited
    ? await countRecipient(ctx, tx, app.organizationId, countedAs(recipient))
    : new Date(ctx.now().getTime() + cooldown)
  const opened = (await stillOpen(ctx, tx, app, resolved)) ?? (await open(ctx, tx, app, resolved))
  const current = opened ?? (await stillOpen(ctx, tx, app, resolved))
  if (!current) throw new DomainError('conflict', 'Another call for this recipient was under way. Try again.')
  const message = messageFrom(ctx, app, resolved, current, input)
  await writeMessages(tx, [{ ...message, verificationId: current.id }])
  if (isLimited) {
    const { codesPerHour, codesPerCountryHour, codesPerIpHour } = settings
    const perHour = { app: codesPerHour, country: codesPerCountryHour, ip: codesPerIpHour }
    const spending = { recipient, clientIp: input.client_ip }
    await countHour(ctx, tx, app.appId, { ...spending, perHour })
    await guard(ctx, tx, settings, { ...spending, channel: input.channel, verification: current })
  }
  return {
    id: current.id,
    status: 'pending',
    expires_at: current.expiresAt.toISOString(),
    resend_at: next.toISOString(),
    message_id: message.id,
  }
}

/**
 * Makes a code and sends it; resolves once verification, message and job are committed. Whether anybody is behind the recipient
 * makes no difference to the answer.
 * @throws DomainError as submitting a message, `recipient_invalid` for a country that the App does not send to, `rate_limited`,
 *   `codes_blocked` and `codes_stopped`
 */
export async function startVerification(
  ctx: Ctx,
  input: StartVerification,
  { idempotencyKey }: { idempotencyKey?: string } = {},
): Promise<{ answer: StartedVerification; repeated: boolean }> {
  const app = appOn(ctx, input.channel)
  const keyed = keyedCall(ctx, app, idempotencyKey, bodyOf(input))
  const started = await answerOnce(ctx, keyed, (tx) => start({ ...ctx, db: tx }, tx, app, input)).catch(
    async (error) => {
      // What was refused is undone, so that it is noted afterwards.
      if (error instanceof CodeRefused) await noteDecision(ctx, ctx.db, error.decision)
      throw error
    },
  )
  if (!started.repeated && app.keyKind === 'live') ctx.metrics.accepted({ channel: input.channel, by: 'verification' })
  return started
}
