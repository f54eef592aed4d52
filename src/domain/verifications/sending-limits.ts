/**
 * How many codes may go out: to a recipient, for an address on the internet, to a country, for an App. Counted in the database
 * in the transaction that sends, so that processes count together and what is refused counts nothing.
 */

import { and, eq } from 'drizzle-orm'
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Tx } from '#db/client.ts'
import { verificationRecipient } from '#db/schema/index.ts'
import type { AppActor, Ctx } from '../ctx.ts'
import { DomainError } from '../errors.ts'
import { count, type Limit } from '../limits.ts'

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

/** The calling code of a number in E.164, such as `86`; undefined for what is none. */
export const callingCode = (recipient: string): string | undefined =>
  /^\+\d+$/.test(recipient) ? parsePhoneNumberFromString(recipient)?.countryCallingCode : undefined

const tooMany = (what: string, reason: string, retryAfter: number) =>
  new DomainError('rate_limited', `${what} Again in ${retryAfter} s.`, { reason, retryAfter })

/** A network of IPv6 is one household: its first 64 bits. Takes what zod lets through as an address. */
function networkOf(ip: string): string {
  if (!ip.includes(':')) return ip
  const [head = '', tail = ''] = ip.split('::')
  const groups = (part: string) => part.split(':').filter(Boolean)
  const missing = ip.includes('::') ? 8 - groups(head).length - groups(tail).length : 0
  const whole = [...groups(head), ...Array.from({ length: Math.max(missing, 0) }, () => '0'), ...groups(tail)]
  return whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

export type Spending = {
  recipient: string
  clientIp: string | undefined
  perHour: { app: number; country: number; ip: number }
}

async function countFor(ctx: Ctx, tx: Tx, app: AppActor, { recipient, clientIp, perHour }: Spending): Promise<void> {
  const country = callingCode(recipient)
  const counted = [
    ...(clientIp
      ? [
          {
            key: `ip:${ctx.secrets.fingerprint(networkOf(clientIp))}`,
            most: perHour.ip,
            reason: 'client_ip',
            whose: 'for this client_ip',
          },
        ]
      : []),
    ...(country
      ? [{ key: `country:${country}`, most: perHour.country, reason: 'country', whose: `to numbers of +${country}` }]
      : []),
    { key: 'app', most: perHour.app, reason: 'app', whose: 'of this App' },
  ]
  for (const { key, most, reason, whose } of counted) {
    await count({ db: tx, now: ctx.now }, `verification:${app.appId}:${key}`, { most, seconds: 3600 }).catch(
      (error) => {
        if (!(error instanceof DomainError)) throw error
        throw tooMany(`More than ${most} codes in an hour ${whose}.`, reason, error.data.retryAfter ?? 60)
      },
    )
  }
}

/**
 * Counts one code to the recipient, whose row stays locked until the transaction ends: codes to one recipient go one after
 * another. Tells when the next one may go.
 * @throws DomainError `rate_limited` with the seconds to wait and which limit it is: `recipient`, `client_ip`, `country`, `app`
 */
export async function spend(ctx: Ctx, tx: Tx, app: AppActor, spending: Spending): Promise<Date> {
  const now = ctx.now()
  const { organizationId } = app
  const recipientKey = ctx.secrets.fingerprint(`recipient:${spending.recipient}`)
  const [row] = await tx
    .insert(verificationRecipient)
    .values({ organizationId, recipientKey, sentAt: [], updatedAt: now })
    .onConflictDoUpdate({
      target: [verificationRecipient.organizationId, verificationRecipient.recipientKey],
      set: { updatedAt: now },
    })
    .returning({ sentAt: verificationRecipient.sentAt })
  const sent = row?.sentAt ?? []
  const wait = nextAt(sent).getTime() - now.getTime()
  if (wait > 0) throw tooMany('Too many codes to this recipient.', 'recipient', Math.ceil(wait / 1000))
  await countFor(ctx, tx, app, spending)
  const sentAt = [now, ...sent].slice(0, mostKept)
  await tx
    .update(verificationRecipient)
    .set({ sentAt })
    .where(
      and(
        eq(verificationRecipient.organizationId, organizationId),
        eq(verificationRecipient.recipientKey, recipientKey),
      ),
    )
  return nextAt(sentAt)
}
