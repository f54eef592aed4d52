/**
 * How often one address may call what needs no session. Counted in this process, so that what is refused costs nothing: it
 * keeps strangers from filling the database with work, and guards no secret.
 */
import { DomainError } from '#domain/base/errors.ts'
import { networkOf } from '#domain/base/networks.ts'

const most = 60
const windowMs = 60_000
/** From so many addresses in one window the others count as one. */
const mostNetworks = 10_000

let counts = new Map<string, number>()
let windowEnds = 0

/** @throws DomainError `rate_limited` with the seconds until the window ends */
export function countVisit(clientIp: string): void {
  const now = performance.now()
  if (now >= windowEnds) {
    counts = new Map()
    windowEnds = now + windowMs
  }
  const network = networkOf(clientIp)
  const key = counts.has(network) || counts.size < mostNetworks ? network : 'others'
  const visits = (counts.get(key) ?? 0) + 1
  counts.set(key, visits)
  if (visits <= most) return
  const retryAfter = Math.ceil((windowEnds - now) / 1000)
  throw new DomainError('rate_limited', `Too many calls. Again in ${retryAfter} s.`, { retryAfter })
}
