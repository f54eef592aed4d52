/** Mail servers that speak SMTP, whoever runs them. */
import { z } from 'zod'
import { list, vendor } from '../vendor.ts'
import { smtp as mailServers } from './smtp.ts'

/** A host name with a dot in it, or an address in brackets: what RFC 5321 has a client call itself. */
const mailName = z
  .string()
  .regex(
    /^(?:(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}|\[[a-z0-9.:]{2,64}\])$/i,
    'must be a full host name, such as signet.example.com, or an address in brackets, such as [192.0.2.7]',
  )

const settings = z.object({
  SIGNET_SMTP_ALLOW: list.default([]).describe('Hosts or CIDR ranges, besides public addresses, that SMTP may reach'),
  SIGNET_SMTP_NAME: mailName
    .optional()
    .describe(
      "How Signet calls itself to mail servers (EHLO); else the host of `SIGNET_URL`, or the from address's domain",
    ),
})

/** The host of our own address, where it is a name by which others may know us. */
function publicName(url: string): string | undefined {
  const host = new URL(url).hostname
  return mailName.safeParse(host).success && !host.startsWith('[') ? host : undefined
}

/** How Signet calls itself to mail servers: as the setting says, else by the host of its own address. */
export const nameFor = (given: string | undefined, url: string): string | undefined => given ?? publicName(url)

export const smtp = vendor({
  settings,
  open({ SIGNET_SMTP_ALLOW: allow, SIGNET_SMTP_NAME: given }, { url }) {
    const name = nameFor(given, url)
    return [mailServers({ allow, ...(name ? { name } : {}) })]
  },
})
