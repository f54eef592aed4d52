/** Whose calls count together: an address of IPv4, or the network that a household of IPv6 has. */
import ipaddr from 'ipaddr.js'

/** A network of IPv6 is one household: its first 64 bits (RFC 6177). What is no address stands for itself, cut short. */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip.slice(0, 64)
  const address = ipaddr.process(ip)
  return address instanceof ipaddr.IPv4 ? address.toString() : address.parts.slice(0, 4).join(':')
}
