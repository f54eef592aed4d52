/**
 * The guard against misuse of codes: somebody has an App send codes to numbers that earn them money, and nobody enters these. It
 * watches how many codes stay unused within circles of recipients, the narrow ones first, and notes or refuses what is too many.
 * Promises that an attack on one prefix, or from one address, ends there: a wide circle does not count what a narrower one found.
 */
import { isByPhone } from '#channels/traits.ts'
import type { Db, Tx } from '#db/database.ts'
import type { app as appTable, GuardCause } from '#db/schema/index.ts'
import {
  codesCounted,
  countDecision,
  countSentCode,
  countVerifiedCode,
  forgiveUnsentCodes,
} from '#db/statements/guarding.ts'
import type { Ctx } from '../base/ctx.ts'
import { DomainError } from '../base/errors.ts'
import { type Circle, type Counts, circlesOf, type Finding, findingOf } from './guard-rule.ts'

const hourMs = 3_600_000
const hourOf = (now: Date) => new Date(now.getTime() - (now.getTime() % hourMs))

type Why = Finding & {
  cause: GuardCause
  /** Which prefix, address or country; empty for the others. */
  value: string
}
type Decision = Why & { appId: string; channel: string; isRefused: boolean }

/** Refuses a code; `decision` is to be noted once what was begun for it is undone. */
export class CodeRefused extends DomainError {
  readonly decision: Decision
  constructor(code: 'codes_blocked' | 'codes_stopped', message: string, decision: Decision, retryAfter?: number) {
    super(code, message, { reason: decision.cause, ...(retryAfter === undefined ? {} : { retryAfter }) })
    this.decision = decision
  }
}

/** Adds to what was decided for the same cause within the hour. */
export async function noteDecision(ctx: Pick<Ctx, 'now'>, db: Db | Tx, { isRefused, ...of }: Decision): Promise<void> {
  const now = ctx.now()
  const decision = { ...of, hour: hourOf(now), codes: 1, refused: isRefused ? 1 : 0, lastAt: now }
  await countDecision(db, { decision: [decision] })
}

/** Of a sending App what the guard has to know. */
type App = Pick<typeof appTable.$inferSelect, 'id' | 'guardMode' | 'codesPerDay' | 'stoppedChannels'>

/** @throws CodeRefused `codes_stopped` where the App sends no codes on the channel */
export function needRunning({ id: appId, stoppedChannels }: App, channel: string): void {
  if (!stoppedChannels.includes(channel)) return
  const why = { cause: 'stopped', value: '', span: 'day', counted: 0, allowed: 0 } as const
  const decision = { ...why, appId, channel, isRefused: true }
  throw new CodeRefused('codes_stopped', 'This App sends no codes on this channel.', decision)
}

/** Key of counters: the first half of a keyed hash. */
function keyOf({ secrets }: Pick<Ctx, 'secrets'>, ...place: string[]): string {
  const hex = Buffer.from(secrets.fingerprint(`guard:${place.join(':')}`), 'base64url').toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}

type Place = { name: string; value: string }
/** All codes of an App on a channel, whomever they are for. */
const budget: Place = { name: 'budget', value: '' }

const keyed = <Of extends Place>(ctx: Ctx, appId: string, channel: string, places: readonly Of[]) =>
  places.map((place, number) => ({ ...place, number, key: keyOf(ctx, appId, channel, place.name, place.value) }))

/** Places with what was counted there until now. */
async function withCounts<Of extends { number: number; key: string }>(ctx: Ctx, db: Db | Tx, places: readonly Of[]) {
  if (places.length === 0) return []
  const rows = await codesCounted(db, { circle: places, hour: hourOf(ctx.now()) })
  return places.flatMap((place) =>
    rows.filter(({ number }) => number === place.number).map((counts) => ({ ...place, counts })),
  )
}

/** How many codes of an App went out on a channel in the last day. */
export async function sentInDay(ctx: Ctx, db: Db | Tx, appId: string, channel: string): Promise<number> {
  const [all] = await withCounts(ctx, db, keyed(ctx, appId, channel, [budget]))
  return all?.counts.sentInDay ?? 0
}

function refusal(ctx: Ctx, message: string, why: Omit<Decision, 'isRefused'>): CodeRefused {
  // Windows move with the hour, but each code that is entered frees a place in it.
  const untilNextHour = Math.ceil((hourMs - (ctx.now().getTime() % hourMs)) / 1000)
  const retryAfter = why.span === 'hour' ? Math.min(60, untilNextHour) : untilNextHour
  const decision = { ...why, isRefused: true }
  return new CodeRefused('codes_blocked', `${message} Try again in ${retryAfter} s.`, decision, retryAfter)
}

async function needBudget(ctx: Ctx, tx: Tx, { id: appId, codesPerDay }: App, channel: string): Promise<void> {
  const allowed = codesPerDay[channel]
  if (allowed === undefined) return
  const counted = await sentInDay(ctx, tx, appId, channel)
  if (counted < allowed) return
  const why = { cause: 'budget', value: '', span: 'day', counted, allowed } as const
  throw refusal(ctx, 'The codes of a day are used up.', { ...why, appId, channel })
}

type Seen = Circle & { counts: Counts; finding: Finding | undefined; key: string }

type Sending = {
  channel: string
  recipient: string
  clientIp: string | undefined
  /** Under which keys its codes were counted before. */
  verification: { id: string; counted: readonly string[] }
}

/** What the codes of others say: who asks again, because nothing has come, is not suspicious for it. */
function ofOthers(counts: Counts, key: string, counted: readonly string[]): Counts {
  const own = counted.filter((one) => one === key).length
  return { ...counts, sentInHour: counts.sentInHour - own, sentInDay: counts.sentInDay - own }
}

/** Those of the circles that a code counts in: of the wide ones none beyond the first that found it suspicious. */
function countedIn(seen: readonly Seen[]): Seen[] {
  const finding = seen.findIndex((circle) => circle.finding)
  return seen.filter(({ isWide }, index) => !isWide || finding < 0 || index <= finding)
}

/**
 * Whether a finding is enough to refuse. What a day leaves unused in a wide circle is noted only: with every fourth code unused, as is
 * common, honest people would be refused for each other. And of an App without a day behind it nobody knows what is usual: it may
 * be the day on which everybody comes.
 */
function isEnough({ isWide }: Circle, { span }: Finding, whole: Counts | undefined): boolean {
  const isNew = whole?.bestDayBefore === 0
  return !isWide || (span === 'hour' && !isNew)
}

/**
 * Counts one code of the App, and decides about it. Codes of an App come here one after another, since they have been counted for
 * its limits before: two at once cannot both be the last one that is allowed.
 * @throws CodeRefused `codes_blocked` with the cause and after how many seconds to try again
 */
export async function guard(ctx: Ctx, tx: Tx, app: App, sending: Sending): Promise<void> {
  const { channel, recipient, clientIp, verification } = sending
  await needBudget(ctx, tx, app, channel)
  const circles = isByPhone(channel) ? circlesOf(recipient, clientIp) : []
  const found = await withCounts(ctx, tx, keyed(ctx, app.id, channel, circles))
  const seen = found.map((circle) => ({
    ...circle,
    finding: findingOf(circle.name, ofOthers(circle.counts, circle.key, verification.counted)),
  }))
  const suspect = seen.find(({ finding }) => finding)
  if (suspect?.finding) {
    const why = { ...suspect.finding, cause: suspect.name, value: suspect.value, appId: app.id, channel }
    const refuses = app.guardMode === 'block' && isEnough(suspect, suspect.finding, seen.at(-1)?.counts)
    if (refuses) throw refusal(ctx, 'Too many codes stay unused.', why)
    await noteDecision(ctx, tx, { ...why, isRefused: false })
  }
  const circle = [
    ...keyed(ctx, app.id, channel, [budget]).map(({ key }) => ({ key, isKept: false })),
    ...countedIn(seen).map(({ key }) => ({ key, isKept: true })),
  ]
  await countSentCode(tx, { circle, verificationId: verification.id, hour: hourOf(ctx.now()) })
}

/** The code of a verification was entered: none that was sent for it stays unused. */
export const countVerified = (ctx: Pick<Ctx, 'now'>, tx: Tx, verificationId: string) =>
  countVerifiedCode(tx, { verificationId, hour: hourOf(ctx.now()) })

/** Of verifications that have expired: codes that never went out cost nothing, and are nobody's misuse. */
export const forgiveUnsent = (ctx: Pick<Ctx, 'now'>, db: Db | Tx, verificationIds: string[]) =>
  forgiveUnsentCodes(db, { verificationIds, hour: hourOf(ctx.now()) })
