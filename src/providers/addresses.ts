/**
 * Where a provider may connect. Promises that a name is resolved once and that what comes back are the very addresses
 * to connect to, each of them public or named in the operator's allow list: a name that resolves to something else a
 * moment later changes nothing. A refusal never says why.
 */
import { lookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
export type ResolvedAddress = { address: string; family: number }
/** The host in its one normal form, and the addresses of it that may be connected to. */
export type CheckedHost = { host: string; addresses: ResolvedAddress[] }
export type Resolve = (host: string) => Promise<ResolvedAddress[]>

/** Why there is nothing to connect to. All refusals look alike. */
export class HostError extends Error {
  readonly reason: 'host_not_found' | 'host_lookup_failed' | 'address_refused'
  constructor(reason: HostError['reason']) {
    super(reason)
    this.name = 'HostError'
    this.reason = reason
  }
}

/** What the operator lets us reach besides public addresses; `only`: and no public one. */
export type AllowList = { hosts: ReadonlySet<string>; ranges: readonly [Address, number][]; only?: boolean }

const lookupTimeout = 10_000
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')
const sixToFour = ipaddr.IPv6.parseCIDR('2002::/16')
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')
/** Public by number, yet only reachable from inside a cloud: its metadata service. */
const metadata = new Set(['168.63.129.16'])

/** A host in its one normal form: no brackets or last dot, lower case, ASCII, numbers of any notation in the usual one. */
export function normaliseHost(host: string): string | undefined {
  const written = host.trim().replace(/^\[(.*)\]$/, '$1')
  if (ipaddr.IPv6.isValid(written)) return written.includes('%') ? undefined : ipaddr.IPv6.parse(written).toString()
  if (written === '' || written.length > 253 || /[\s\p{C}%/\\?#:@[\]]/u.test(written)) return undefined
  try {
    return new URL(`http://${written}`).hostname.replace(/\.$/, '') || undefined
  } catch {
    // The one way in which URL says that a host is none.
    return undefined
  }
}

/**
 * Reads host names, addresses and CIDR ranges.
 * @throws Error that names the entry which is none of these
 */
export function readAllowList(entries: readonly string[]): AllowList {
  const hosts = new Set<string>()
  const ranges: [Address, number][] = []
  for (const entry of entries) {
    if (ipaddr.isValidCIDR(entry)) ranges.push(ipaddr.parseCIDR(entry))
    else {
      const host = entry.includes('/') ? undefined : normaliseHost(entry)
      if (host === undefined)
        throw new Error(`"${entry}" is not a host name, an address or a range such as 10.0.0.0/8.`)
      if (ipaddr.isValid(host)) ranges.push([ipaddr.parse(host), ipaddr.parse(host).kind() === 'ipv4' ? 32 : 128])
      else hosts.add(host)
    }
  }
  return { hosts, ranges }
}

const isWithin = (address: Address, [range, bits]: [Address, number]) =>
  address.kind() === range.kind() && address.match(range, bits)

/** The IPv4 address that an IPv6 address stands for, where it has one inside: mapped, NAT64 or 6to4. */
function embedded(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const bytes = address.toByteArray()
  if (address.isIPv4MappedAddress()) return address.toIPv4Address()
  if (address.match(nat64)) return new ipaddr.IPv4(bytes.slice(12))
  if (address.match(sixToFour)) return new ipaddr.IPv4(bytes.slice(2, 6))
  return undefined
}

function isPublic(address: Address): boolean {
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast' && !metadata.has(address.toString())
  const inside = embedded(address)
  return inside ? isPublic(inside) : address.range() === 'unicast' && address.match(globalUnicast)
}

function isAllowed(text: string, allow: AllowList): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.parse(text)
  if (!allow.only && isPublic(address)) return true
  const inside = address instanceof ipaddr.IPv6 ? embedded(address) : undefined
  return allow.ranges.some((range) => isWithin(address, range) || (inside !== undefined && isWithin(inside, range)))
}

const systemResolve: Resolve = (host) => lookup(host, { all: true, verbatim: true })

async function resolveInTime(host: string, resolve: Resolve): Promise<ResolvedAddress[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new HostError('host_lookup_failed')), lookupTimeout)
  })
  try {
    return await Promise.race([resolve(host), late])
  } catch (error) {
    if (error instanceof HostError) throw error
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    throw new HostError(code === 'ENOTFOUND' || code === 'ENODATA' ? 'host_not_found' : 'host_lookup_failed')
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Resolves a host and keeps the addresses that may be connected to, in the resolver's order.
 * @throws HostError when it has none
 */
export async function resolveAllowed(
  host: string,
  allow: AllowList,
  resolve: Resolve = systemResolve,
): Promise<CheckedHost> {
  const normal = normaliseHost(host)
  if (normal === undefined) throw new HostError('host_not_found')
  const literal = ipaddr.isValid(normal) ? [{ address: normal, family: normal.includes(':') ? 6 : 4 }] : undefined
  const found = literal ?? (await resolveInTime(normal, resolve))
  if (found.length === 0) throw new HostError('host_not_found')
  const addresses = allow.hosts.has(normal) ? found : found.filter(({ address }) => isAllowed(address, allow))
  if (addresses.length === 0) throw new HostError('address_refused')
  return { host: normal, addresses }
}
