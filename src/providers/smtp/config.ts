/** The settings of an SMTP account, and what is made of them for every mail. */
import { z } from 'zod'
import { EmailAddress, type EmailMessage } from '#channels/email/email.ts'
import { field } from '#channels/fields.ts'
import type { ContentCode } from '#channels/problems.ts'
import { Text } from '#channels/text.ts'
import { normaliseHost } from '../addresses.ts'
import { composeMime } from './mime.ts'
import { smtpPorts } from './presets.ts'

const Host = z.string().transform((host, ctx): string => {
  const normal = normaliseHost(host)
  if (normal !== undefined) return normal
  const message = (host.trim() === '' ? 'required' : 'invalid_host') satisfies ContentCode
  ctx.addIssue({ code: 'custom', message })
  return z.NEVER
})
const Line = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .refine((value) => !/\p{Cc}/u.test(value), { error: 'one_line' satisfies ContentCode })
const Address = z.string().trim().pipe(EmailAddress)

export const SmtpConfig = z
  .object({
    host: field(Host, { label: 'smtpHost', destination: true }),
    port: field(z.coerce.number<number>().int().min(1).max(65_535), {
      label: 'smtpPort',
      destination: true,
      input: 'number',
      initial: smtpPorts.tls,
    }),
    encryption: field(z.enum(['none', 'starttls', 'tls']), {
      label: 'smtpEncryption',
      destination: true,
      input: 'select',
      options: ['none', 'starttls', 'tls'],
      initial: 'tls',
      suggests: {
        none: { port: smtpPorts.none },
        starttls: { port: smtpPorts.starttls },
        tls: { port: smtpPorts.tls },
      },
    }),
    username: field(Line(320).default(''), { label: 'smtpUsername', destination: true }),
    password: field(Text(1024).default(''), { label: 'smtpPassword', secret: true }),
    fromAddress: field(Address, { label: 'fromAddress', input: 'email' }),
    fromName: field(Line(200).default(''), { label: 'fromName' }),
    replyTo: field(z.union([z.literal(''), Address]).default(''), { label: 'replyTo', input: 'email' }),
  })
  .refine(({ username, password }) => username === '' || password !== '', {
    path: ['password'],
    error: 'required' satisfies ContentCode,
  })
export type SmtpConfig = z.infer<typeof SmtpConfig>

/** Mails by machines must not be answered by machines (RFC 3834). */
const machineHeaders = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }

/** The account's mail to one recipient. The Message-ID is the same on every attempt. */
export function mailFor(config: SmtpConfig, to: string, message: EmailMessage, reference: string) {
  const messageId = `${reference}@${config.fromAddress.slice(config.fromAddress.indexOf('@') + 1)}`
  const raw = composeMime({
    from: { name: message.fromName || config.fromName, address: config.fromAddress },
    ...(config.replyTo ? { replyTo: { address: config.replyTo } } : {}),
    to: { address: to },
    subject: message.subject,
    html: message.html,
    text: message.text,
    messageId,
    date: new Date(),
    headers: machineHeaders,
  })
  return { raw, messageId: `<${messageId}>` }
}

/** Texts that may not leave in a server's words. */
export const secretsOf = ({ username, password }: SmtpConfig, to = ''): string[] => [
  password,
  `\0${username}\0${password}`,
  username,
  to,
  to.slice(0, Math.max(0, to.indexOf('@'))),
]
