/**
 * How many codes may go out: to a recipient, for an address on the internet, to a country, for an App. Counted in the database
 * in the transaction that sends, so that processes count together and what is refused counts nothing.
 */

import { and, eq } from 'drizzle-orm'
import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Tx } from '#db/database.ts'
import { verificationRecipient } from '#db/schema/index.ts'
import type { LimitName } from '../base/codes.ts'
import type { Ctx } from '../base/ctx.ts'
import { DomainError } from '../base/errors.ts'
import { countAll, type Limit } from '../base/limits.ts'
import { networkOf } from '../base/networks.ts'
import { clockTolerance } from '../base/set-back.ts'

/** The smallest time between two codes to one recipient, in milliseconds. */
export const cooldown = 60_000

/** To a recipient of an organization, whichever of its Apps sends: within any such span of time. */
const toRecipient: readonly Limit[] = [
  { most: 1, seconds: cooldown / 1000 },
  { most: 5, seconds: 3600 },
  { most: 10, seconds: 86_400 },
]
const mostKept = Math.max(...toRecipient.map(({ most }) => most))

/** When the next code may go to a recipient that was sent these, the newest first. Pure. */
export function nextAt(sent: readonly Date[]): Date {
  const ends = toRecipient.map(({ most, seconds }) => {
    const decisive = sent[most - 1]
    return decisive ? decisive.getTime() + seconds * 1000 : 0
  })
  return new Date(Math.max(...ends))
}

/** A number in E.164, taken apart; undefined for what is none. */
export const phoneNumber = (recipient: string): PhoneNumber | undefined =>
  /^\+\d+$/.test(recipient) ? parsePhoneNumberFromString(recipient) : undefined

/** The calling code of a number in E.164, such as `86`; undefined for what is none. */
export const callingCode = (recipient: string): string | undefined => phoneNumber(recipient)?.countryCallingCode

const tooMany = (what: string, reason: LimitName, retryAfter: number) =>
  new DomainError('rate_limited', `${what} Again in ${retryAfter} s.`, { reason, retryAfter })

/** @param recipient as its channel counts it */
export const recipientKeyOf = ({ secrets }: Pick<Ctx, 'secrets'>, recipient: string) =>
  secrets.fingerprint(`recipient:${recipient}`)

const ofRecipient = (organizationId: string, recipientKey: string) =>
  and(eq(verificationRecipient.organizationId, organizationId), eq(verificationRecipient.recipientKey, recipientKey))

/**
 * Counts one code to the recipient, whose row stays locked until the transaction ends: codes to one recipient go one after
 * another. Tells when the next one may go.
 * @param recipient as its channel counts it: one for all spellings of an address
 * @throws DomainError `rate_limited` with the reason `recipient` and the seconds to wait
 */
export async function countRecipient(ctx: Ctx, tx: Tx, organizationId: string, recipient: string): Promise<Date> {
  const now = ctx.now()
  const recipientKey = recipientKeyOf(ctx, recipient)
  const [row] = await tx
    .insert(verificationRecipient)
    .values({ organizationId, recipientKey, sentAt: [], updatedAt: now })
    .onConflictDoUpdate({
      target: [verificationRecipient.organizationId, verificationRecipient.recipientKey],
      set: { updatedAt: now },
    })
    .returning({ sentAt: verificationRecipient.sentAt })
  // What lies ahead was dated before the clock was set back: nobody waits for it to come to that.
  const sent = (row?.sentAt ?? []).filter((at) => at.getTime() <= now.getTime() + clockTolerance)
  const wait = nextAt(sent).getTime() - now.getTime()
  if (wait > 0) throw tooMany('Too many codes to this recipient.', 'recipient', Math.ceil(wait / 1000))
  const sentAt = [now, ...sent].slice(0, mostKept)
  await tx.update(verificationRecipient).set({ sentAt }).where(ofRecipient(organizationId, recipientKey))
  return nextAt(sentAt)
}

export type Spending = {
  recipient: string
  clientIp: string | undefined
  perHour: { app: number; country: number; ip: number }
}

/**
 * Counts one code of the App, to its country and for the client's address. All codes of an App wait here for each other's
 * commit, so that this comes last in the transaction.
 * @throws DomainError `rate_limited` with the reason `client_ip`, `country` or `app` and the seconds to wait
 */
export async function countHour(ctx: Ctx, tx: Tx, appId: string, { recipient, clientIp, perHour }: Spending) {
  const country = callingCode(recipient)
  const ip = clientIp && ctx.secrets.fingerprint(networkOf(clientIp))
  const limits = [
    ...(ip ? [{ key: `ip:${ip}`, most: perHour.ip, reason: 'client_ip' as const, whose: 'for this client_ip' }] : []),
    ...(country
      ? [
          {
            ...{ key: `country:${country}`, most: perHour.country, reason: 'country' as const },
            whose: `to numbers of +${country}`,
          },
        ]
      : []),
    { key: 'app', most: perHour.app, reason: 'app' as const, whose: 'of this App' },
  ]
  const tries = limits.map(({ key, most }) => ({
    key: `verification:${appId}:${key}`,
    limit: { most, seconds: 3600 },
  }))
  const waits = await countAll({ db: tx, now: ctx.now }, tries)
  limits.forEach(({ most, reason, whose }, index) => {
    const wait = waits[index]
    if (wait) throw tooMany(`More than ${most} codes in an hour ${whose}.`, reason, wait)
  })
}
