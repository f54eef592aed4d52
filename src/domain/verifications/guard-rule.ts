/** When codes are taken for misuse: the circles that a code belongs to, and how many may stay unused within each. Pure. */
import type { GuardCause } from '#db/schema/index.ts'
import type { codesCounted } from '#db/statements/guarding.ts'
import { networkOf } from '../base/networks.ts'
import { phoneNumber } from './sending-limits.ts'

/** How many unused codes an hour are nothing yet, and how much more than the others it may hold. */
type Breadth = { leastInHour: number; times: number }

const breadths = {
  // Ten thousand numbers: hardly ever do several people of one App want a code of it within an hour.
  number_prefix: { leastInHour: 3, times: 1 },
  // A school or an office: some people are always between asking for a code and entering it. Half of a country's: one address alone
  // closes none.
  client_ip: { leastInHour: 10, times: 1 },
  country: { leastInHour: 20, times: 1 },
  // Or an attack on one country would fill it, and the other countries would suffer.
  app: { leastInHour: 20, times: 2 },
} as const satisfies Partial<Record<GuardCause, Breadth>>

type CircleName = keyof typeof breadths
/** Strangers share a wide one. */
export type Circle = { name: CircleName; value: string; isWide: boolean }

/** Those that a code to a phone number belongs to, the narrow ones first; the last is the App. */
export function circlesOf(recipient: string, clientIp: string | undefined): Circle[] {
  const number = phoneNumber(recipient)
  if (!number) return []
  const { countryCallingCode: callingCode, nationalNumber } = number
  return [
    { name: 'number_prefix', value: `${callingCode} ${nationalNumber.slice(0, -4)}`, isWide: false },
    ...(clientIp ? [{ name: 'client_ip' as const, value: networkOf(clientIp), isWide: false }] : []),
    // Not the calling code: +1 is of two dozen countries. Numbers of no country, as of satellites, have nothing else.
    { name: 'country', value: number.country ?? callingCode, isWide: true },
    { name: 'app', value: '', isWide: true },
  ]
}

export type Counts = Omit<Awaited<ReturnType<typeof codesCounted>>[number], 'number'>
export type Finding = { span: 'hour' | 'day'; counted: number; allowed: number }

/**
 * What says that one more code is too many for a circle, by how many stayed unused and how many were entered: in a day a fifth
 * of the most that were entered on one of fourteen days, in an hour a sixth of that, or a fifth of this hour's.
 */
export function findingOf(name: CircleName, counts: Counts): Finding | undefined {
  const { leastInHour, times } = breadths[name]
  const inDay = Math.max(20, counts.bestDay / 5)
  const inHour = Math.max(leastInHour, inDay / 6, counts.verifiedInHour / 5)
  const findings: Finding[] = [
    { span: 'hour', counted: counts.sentInHour - counts.verifiedInHour, allowed: Math.floor(inHour * times) },
    { span: 'day', counted: counts.sentInDay - counts.verifiedInDay, allowed: Math.floor(inDay * times) },
  ]
  return findings.find(({ counted, allowed }) => counted >= allowed)
}
