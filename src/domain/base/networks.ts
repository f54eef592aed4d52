/** Whose calls count together: an address of IPv4, or the network that a household of IPv6 has. */
import ipaddr from 'ipaddr.js'

/** A network of IPv6 is one household: its first 64 bits (RFC 6177). What is no address stands for itself, cut short. */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip.slice(0, 64)
  const address = ipaddr.process(ip)
  if (address instanceof ipaddr.IPv4) return address.toString()
  const household = address.parts.slice(0, 4).map((part) => part.toString(16))
  return `${household.join(':')}::/64`
}
