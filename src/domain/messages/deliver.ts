/**
 * Delivering: one attempt for each message in hand and what follows from its outcome. Accounts and templates are resolved
 * anew at each attempt, so that a message never goes out through an account or with a template that is no longer in force.
 */
import { and, eq, or } from 'drizzle-orm'
import { v7 } from 'uuid'
import { templateVersion } from '#db/schema/index.ts'
import { markFailing, type Sender, senderFor } from '../accounts/sender.ts'
import { blockTemplate } from '../approvals.ts'
import { audienceOf, type ChannelId, ContentError, SendError } from '../channels/contract.ts'
import { coalesce } from '../coalesce.ts'
import type { Ctx } from '../ctx.ts'
import { type Question, type Resolution, resolveAll } from '../resolution.ts'
import { type Claimed, claim, type Result, recordResults } from './claim.ts'
import { lostOutcome, mustStayUnknown } from './lost.ts'
import { sealedPlace } from './messages.ts'
import { followUp, outcomeOf, repeatableUntil, simulated } from './outcome.ts'

export type Job = { id: string; messageId: string }

/** Without a resolution nothing could be looked up. */
type Prepared = { message: Claimed; resolution: Resolution | undefined; content: unknown }

/** Keeps the newest `most` entries. */
function remember<Value>(most: number) {
  const kept = new Map<string, Value>()
  return {
    get: (key: string) => kept.get(key),
    set(key: string, value: Value) {
      if (kept.size >= most) kept.delete(kept.keys().next().value ?? '')
      kept.set(key, value)
    },
    forget: (key: string) => void kept.delete(key),
  }
}

/**
 * The delivering end of a worker. For a batch of jobs it returns one promise each, resolved once the result is recorded.
 * @param signal aborted at shutdown: what has not been handed to a provider yet goes back to the queue
 */
export function deliverer(ctx: Ctx, signal: AbortSignal): (jobs: Job[]) => Promise<void>[] {
  const contents = remember<unknown>(2000)
  const senders = remember<Promise<Sender | undefined>>(500)
  const record = coalesce<Result, void>(
    async (results) => {
      await recordResults(ctx, results, v7)
      return results.map(() => undefined)
    },
    { most: 200 },
  )

  const prepare = async (jobs: Job[]): Promise<Map<string, Prepared>> => {
    const claimed = await claim(ctx, jobs)
    // Left as it is, what was taken in hand would pass for handed over once its job comes back.
    const resolutionOf = await resolved(ctx, claimed, contents).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'messages in hand could not be resolved')
      return () => undefined
    })
    return new Map(
      claimed.map((message) => {
        const resolution = resolutionOf(message)
        const content = resolution && contents.get(contentKey(resolution))
        return [message.jobId, { message, resolution, content }] as const
      }),
    )
  }

  const senderOf = (organizationId: string, account: NonNullable<Resolution['account']>) => {
    const key = `${account.id}@${account.changedAt.getTime()}`
    const known = senders.get(key)
    if (known) return known
    const opened = senderFor(ctx, organizationId, account.id)
    senders.set(key, opened)
    // What could not be opened is tried anew: the missing master key may be there by then.
    opened.catch(() => senders.forget(key))
    return opened
  }

  return (jobs) => {
    const preparing = prepare(jobs)
    return jobs.map(async (job) => {
      const prepared = (await preparing).get(job.id)
      if (!prepared) return ctx.db.transaction((tx) => ctx.jobs.complete(tx, [job.id]))
      const result = await attempt(ctx, prepared, senderOf, signal)
      await record(result)
    })
  }
}

type Contents = { get(key: string): unknown; set(key: string, value: unknown): void }

/** Resolves each place once, and sees to it that the contents are there. */
async function resolved(
  ctx: Ctx,
  messages: Claimed[],
  contents: Contents,
): Promise<(message: Claimed) => Resolution | undefined> {
  const questionOf = ({ organizationId, appId, channel, scenario, locale, recipient }: Claimed): Question => {
    const audience = audienceOf(ctx.catalog.channel(channel as ChannelId), recipient)
    return { organizationId, appId, channel: channel as ChannelId, scenario, locale, audience }
  }
  const asked = messages.map((message) => ({ id: message.id, question: questionOf(message) }))
  const placeOf = (question: Question) => Object.values(question).join(' ')
  const places = new Map(asked.map(({ question }) => [placeOf(question), question]))
  const resolutions = await resolveAll(ctx.db, [...places.values()])
  await loadContents(ctx, resolutions, contents)
  const byPlace = new Map([...places.keys()].map((place, index) => [place, resolutions[index]]))
  const byMessage = new Map(asked.map(({ id, question }) => [id, byPlace.get(placeOf(question))]))
  return ({ id }) => byMessage.get(id)
}

const contentKey = ({ template }: Resolution) => (template ? `${template.id}:${template.version}` : '')

async function loadContents(ctx: Ctx, resolutions: Resolution[], contents: Contents) {
  const wanted = resolutions.flatMap((resolution) =>
    resolution.template && contents.get(contentKey(resolution)) === undefined ? [resolution.template] : [],
  )
  if (wanted.length === 0) return
  const rows = await ctx.db
    .select()
    .from(templateVersion)
    .where(
      or(
        ...wanted.map(({ id, version }) =>
          and(eq(templateVersion.templateId, id), eq(templateVersion.version, version)),
        ),
      ),
    )
  for (const row of rows) contents.set(`${row.templateId}:${row.version}`, row.content)
}

type SenderOf = (organizationId: string, account: NonNullable<Resolution['account']>) => Promise<Sender | undefined>
type Answer = Omit<Result, 'message' | 'accountId' | 'templateId' | 'templateVersion'>

/** Waits until a person has put its template right. */
const waitForTemplate = (reason: string, detail: string): Answer => ({
  ...{ status: 'queued', nextAt: null, waitsFor: 'template', code: 'template_not_usable' },
  detail: detail ? `${reason}: ${detail}` : reason,
})

const brokenOff = new SendError('retry', 'internal', 'Internal error')

/** One attempt; whatever breaks off before a provider was called is tried again later. */
async function attempt(ctx: Ctx, prepared: Prepared, senderOf: SenderOf, signal: AbortSignal): Promise<Result> {
  const { message, resolution } = prepared
  const { account, template } = resolution ?? {}
  const known = {
    message,
    accountId: account?.id ?? null,
    templateId: template?.id ?? null,
    templateVersion: template?.version ?? null,
  }
  if (mustStayUnknown(ctx, message)) {
    const opened = account && account.id === message.accountId ? senderOf(message.organizationId, account) : undefined
    return { ...known, ...(await lostOutcome(ctx, message, opened)) }
  }
  try {
    if (!resolution) return { ...known, ...outcomeOf(brokenOff, message, ctx.now(), 0) }
    return { ...known, ...(await answerTo(ctx, { ...prepared, resolution }, senderOf, signal)) }
  } catch (error) {
    ctx.log.error({ err: error, messageId: message.id }, 'an attempt broke off unexpectedly')
    return { ...known, ...outcomeOf(brokenOff, message, ctx.now(), 0) }
  }
}

async function answerTo(
  ctx: Ctx,
  { message, resolution, content }: Prepared & { resolution: Resolution },
  senderOf: SenderOf,
  signal: AbortSignal,
): Promise<Answer> {
  const { account, template, scenario } = resolution
  const now = ctx.now()
  if (message.expiresAt && message.expiresAt <= now) return { status: 'expired', code: 'code_expired' }
  if (!scenario || !template || content === undefined) return { status: 'failed', code: 'template_not_configured' }
  const values = { ...message.variables, ...openSealed(ctx, message) }
  const missing = template.variables.filter((name) => !Object.hasOwn(values, name))
  if (missing.length > 0) return { status: 'failed', code: 'missing_variables', detail: missing.join(', ') }
  const composed = composedFor(ctx, message, content, values, scenario.variables)
  const isTest = message.kind === 'test'
  if (composed instanceof ContentError) {
    return isTest
      ? { status: 'failed', code: 'template_not_usable', detail: composed.reason }
      : waitForTemplate(composed.reason, '')
  }
  if (isTest) return simulated(message.recipient)
  if (!account) return { status: 'queued', nextAt: null, code: 'channel_not_configured' }
  if (account.failing) return { status: 'queued', nextAt: null, code: 'account_failing' }
  if (template.blocked) return waitForTemplate(template.blocked.reason, template.blocked.detail)
  if (signal.aborted) return { status: 'queued', nextAt: now, code: 'worker_stopped' }
  const sender = await senderOf(message.organizationId, account)
  if (!sender) return { status: 'queued', nextAt: now, code: 'account_changed' }
  return handOver(ctx, sender, { message, templateId: template.id, composed }, signal)
}

function composedFor(
  ctx: Ctx,
  { channel, recipient }: Claimed,
  content: unknown,
  values: Record<string, string>,
  declared: readonly string[],
): unknown {
  try {
    return ctx.catalog.channel(channel as ChannelId).compose(content, values, declared, recipient)
  } catch (error) {
    if (error instanceof ContentError) return error
    throw error
  }
}

type Handover = { message: Claimed; templateId: string; composed: unknown }

async function handOver(
  ctx: Ctx,
  sender: Sender,
  { message, templateId, composed }: Handover,
  signal: AbortSignal,
): Promise<Answer> {
  const now = ctx.now()
  const started = performance.now()
  try {
    const options = { reference: message.id, signal }
    const { providerMessageId } = await sender.provider.send(sender.config, message.recipient, composed, options)
    const afterwards = followUp(sender, message.id, ctx.now(), providerMessageId)
    return { status: 'sent', providerMessageId, ms: performance.now() - started, ...afterwards }
  } catch (error) {
    if (!(error instanceof SendError)) ctx.log.error({ err: error, messageId: message.id }, 'a provider broke its word')
    const refusal = error instanceof SendError ? error : new SendError('unknown', 'internal', 'Internal error')
    const ms = performance.now() - started
    if (refusal.kind === 'misconfigured')
      return { ...(await stopUsing(ctx, sender, { message, templateId }, refusal, now)), ms }
    const unsureSince = message.unsureSince ?? now
    const outcome = outcomeOf(refusal, message, ctx.now(), repeatableUntil(sender.provider, unsureSince))
    const unsure = refusal.kind === 'unknown' ? { unsureSince } : {}
    return {
      ...outcome,
      ms,
      ...unsure,
      ...(outcome.status === 'unknown' ? followUp(sender, message.id, ctx.now()) : {}),
    }
  }
}

/** What is wrong with one template stops that template; anything else stops the account. The message waits either way. */
async function stopUsing(
  ctx: Ctx,
  sender: Sender,
  { message, templateId }: Omit<Handover, 'composed'>,
  refusal: SendError,
  startedAt: Date,
): Promise<Answer> {
  const told = { code: refusal.code, detail: refusal.detail }
  if (refusal.about === 'template') {
    const audience = audienceOf(ctx.catalog.channel(message.channel as ChannelId), message.recipient)
    await blockTemplate(ctx, { templateId, audience, startedAt, ...told })
    return { ...told, status: 'queued', nextAt: null, waitsFor: 'template' }
  }
  if (await markFailing(ctx, sender.accountId, startedAt, refusal)) {
    ctx.log.warn(
      { accountId: sender.accountId, code: refusal.code },
      'an account fails and is not used until it is validated again',
    )
  }
  return { ...told, status: 'queued', nextAt: null }
}

const openSealed = (ctx: Ctx, message: Claimed): Record<string, string> =>
  message.sealedVariables ? JSON.parse(ctx.secrets.open(message.sealedVariables, sealedPlace(message.id))) : {}
