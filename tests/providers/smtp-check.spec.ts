/** Validate for SMTP accounts, against real servers. */
import { createServer, type Server } from 'node:net'
import { expect, test } from '@playwright/test'
import type { StageResult } from '#channels/contract.ts'
import type { SmtpConfig } from '#providers/smtp/config.ts'
import { smtp } from '#providers/smtp/smtp.ts'
import { type Certificate, login, type MailServer, makeCertificates, startMailServer } from '../support/smtp.ts'

type Certificates = Awaited<ReturnType<typeof makeCertificates>>
let certificates: Certificates
const servers: { close(): unknown }[] = []

test.beforeAll(async () => {
  certificates = await makeCertificates()
})
test.afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function serve(options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> {
  const server = await startMailServer(options)
  servers.push(server)
  return server
}

/** A server that says `hello`, then 250 to whatever it hears, which it keeps, or what it says to a command otherwise. */
async function serveRaw(hello: string, heard: string[] = [], says: Record<string, string> = {}): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      const line = data.toString().trim()
      heard.push(line)
      socket.write(`${says[line.slice(0, 4)] ?? '250 yes'}\r\n`)
    })
    socket.write(`${hello}\r\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push(server)
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

const configFor = (port: number, more: Partial<SmtpConfig> = {}): SmtpConfig => ({
  host: 'localhost',
  port,
  encryption: 'none',
  username: login.user,
  password: login.password,
  fromAddress: login.user,
  fromName: 'Shop',
  replyTo: '',
  ...more,
})

async function check(config: SmtpConfig, testRecipient?: string, name?: string): Promise<StageResult[]> {
  const provider = smtp({
    ...(name ? { name } : {}),
    allow: ['localhost'],
    authorities: [certificates.authority],
    timeouts: { connect: 1000, greeting: 600, command: 1000 },
  })
  const stages: StageResult[] = []
  for await (const stage of provider.check(config, testRecipient ? { testRecipient } : {})) stages.push(stage)
  return stages
}

const passed = (stages: StageResult[]) => stages.filter(({ ok }) => ok).map(({ stage }) => stage)
const failure = (stages: StageResult[]) => stages.find(({ ok }) => !ok)

for (const encryption of ['none', 'starttls', 'tls'] as const) {
  test(`an account with encryption "${encryption}" passes every stage, and nothing is sent`, async () => {
    const server = await serve({ encryption, certificate: certificates.right })
    const stages = await check(configFor(server.port, { encryption }))
    const expected = ['resolve', 'connect', ...(encryption === 'none' ? [] : ['tls']), 'login', 'sender']
    expect(passed(stages)).toEqual(expected)
    expect(failure(stages)).toBeUndefined()
    expect(stages.every(({ ms }) => Number.isInteger(ms) && ms >= 0)).toBe(true)
    expect(server.mails).toEqual([])
    expect(server.logins).toBe(1)
    await expect.poll(() => server.open).toBe(0)
  })

  test(`with a recipient the last stage sends a mail over "${encryption}"`, async () => {
    const server = await serve({ encryption, certificate: certificates.right })
    const stages = await check(configFor(server.port, { encryption }), 'me@example.com')
    expect(stages.at(-1)).toMatchObject({ stage: 'sender', ok: true })
    expect(server.mails).toHaveLength(1)
    expect(server.mails[0]).toMatchObject({
      from: login.user,
      to: ['me@example.com'],
      encrypted: encryption !== 'none',
      user: login.user,
    })
  })
}

test('a server without login is used without one', async () => {
  const server = await serve({ offersLogin: false })
  const stages = await check(configFor(server.port, { username: '', password: '' }))
  expect(passed(stages)).toEqual(['resolve', 'connect', 'sender'])
  expect(server.logins).toBe(0)
})

const certificateCases: [Exclude<keyof Certificates, 'authority' | 'right'>, string][] = [
  ['wrongName', 'certificate_name'],
  ['expired', 'certificate_expired'],
  ['unknown', 'certificate_unknown_authority'],
  ['selfSigned', 'certificate_self_signed'],
]
for (const encryption of ['starttls', 'tls'] as const) {
  for (const [kind, cause] of certificateCases) {
    test(`over "${encryption}" a certificate of kind ${kind} fails the stage tls as ${cause}`, async () => {
      const certificate: Certificate = certificates[kind]
      const server = await serve({ encryption, certificate })
      const stages = await check(configFor(server.port, { encryption }))
      expect(passed(stages)).toEqual(['resolve', 'connect'])
      expect(failure(stages)).toMatchObject({ stage: 'tls', cause })
      expect(server.logins).toBe(0)
      await expect.poll(() => server.open).toBe(0)
    })
  }
}

test('a wrong password fails the stage login, in the words of the server but without its addresses', async () => {
  const server = await serve()
  const stages = await check(configFor(server.port, { password: 'not the password' }))
  expect(passed(stages)).toEqual(['resolve', 'connect'])
  expect(failure(stages)).toMatchObject({ stage: 'login', cause: 'login_rejected', code: '535' })
  expect(failure(stages)?.detail).toBe('5.7.8 Authentication of • failed')
})

test('a server that offers no login is told apart from one that refuses it, and is not told the password', async () => {
  const heard: string[] = []
  const stages = await check(configFor(await serveRaw('220 relay.example ESMTP', heard)))
  expect(failure(stages)).toMatchObject({ stage: 'login', cause: 'login_not_offered' })
  await expect.poll(() => heard.map((line) => line.split(' ')[0])).toEqual(['EHLO', 'QUIT'])
})

test('a server that wants a login fails the sender of an account without one', async () => {
  const server = await serve()
  const stages = await check(configFor(server.port, { username: '', password: '' }))
  expect(failure(stages)).toMatchObject({ stage: 'sender', cause: 'login_required' })
})

test('a refused sender fails the last stage', async () => {
  const server = await serve()
  server.script = { sender: { code: 553, text: 'Mail from must equal authorized user' } }
  const stages = await check(configFor(server.port))
  expect(passed(stages)).toEqual(['resolve', 'connect', 'login'])
  expect(failure(stages)).toMatchObject({ stage: 'sender', cause: 'sender_refused', code: '553' })
})

const nameless = { username: '', password: '' }

test('the sender is offered with a recipient, itself, and nothing is sent', async () => {
  const heard: string[] = []
  const stages = await check(configFor(await serveRaw('220 relay.example ESMTP', heard), nameless))
  expect(failure(stages)).toBeUndefined()
  await expect.poll(() => heard.at(-1)).toBe('QUIT')
  expect(heard.slice(1)).toEqual([`MAIL FROM:<${login.user}>`, `RCPT TO:<${login.user}>`, 'RSET', 'QUIT'])
})

const refusals: [text: string, cause: string][] = [
  ['554 5.7.1 <no-reply@shop.example>: Relay access denied', 'relay_denied'],
  ['454 4.7.1 <no-reply@shop.example>: Relay access denied', 'relay_denied'],
  ['554 5.7.1 <unknown[192.0.2.7]>: Client host rejected: Access denied', 'relay_denied'],
  ['553 5.7.1 <no-reply@shop.example>: Sender address rejected: not logged in', 'login_required'],
  ['553 5.7.1 <no-reply@shop.example>: Sender address rejected: not owned by user shop', 'sender_refused'],
  ['504 5.5.2 <web>: Helo command rejected: need fully-qualified hostname', 'hello_refused'],
]
for (const [text, cause] of refusals) {
  test(`an account that is refused no earlier than at the recipient fails as ${cause}: ${text.slice(0, 70)}`, async () => {
    const port = await serveRaw('220 mail.example ESMTP Postfix', [], { RCPT: text })
    expect(failure(await check(configFor(port, nameless)))).toMatchObject({
      ...{ stage: 'sender', cause, code: text.slice(0, 3) },
    })
  })
}

test('a from address that has no mailbox may be sent from', async () => {
  const unknown = '550 5.1.1 <no-reply@shop.example>: Recipient address rejected: User unknown in local recipient table'
  const port = await serveRaw('220 mail.example ESMTP Postfix', [], { RCPT: unknown })
  expect(failure(await check(configFor(port, nameless)))).toBeUndefined()
})

test('a server is told the name of the setting, and without one the domain of the from address', async () => {
  const heard: string[] = []
  const port = await serveRaw('220 relay.example ESMTP', heard)
  await check(configFor(port, nameless))
  await check(configFor(port, nameless), undefined, 'signet.shop.example')
  const names = heard.filter((line) => line.startsWith('EHLO'))
  expect(names).toEqual(['EHLO shop.example', 'EHLO signet.shop.example'])
})

test('a name that is put off or refused has a cause of its own', async () => {
  const busy = await serveRaw('220 relay.example ESMTP', [], { EHLO: '421-4.7.0 Try again later\r\n421 4.7.0 (EHLO)' })
  for (const encryption of ['none', 'starttls'] as const) {
    const stages = await check(configFor(busy, { encryption }))
    expect(failure(stages)).toMatchObject({ stage: 'connect', cause: 'hello_deferred', code: '421', passing: true })
  }
  const strict = await serveRaw('220 relay.example ESMTP', [], { EHLO: '550 No such name', HELO: '550 No such name' })
  expect(failure(await check(configFor(strict)))).toMatchObject({ stage: 'connect', cause: 'hello_refused' })
})

test('a server that knows no EHLO offers no STARTTLS', async () => {
  const old = await serveRaw('220 old.example', [], { EHLO: '502 Command not implemented' })
  const stages = await check(configFor(old, { encryption: 'starttls' }))
  expect(failure(stages)).toMatchObject({ stage: 'tls', cause: 'tls_not_offered' })
})

for (const [what, text] of [
  ['one line', `550 ${'a'.repeat(200_000)}`],
  ['many lines', `${'550-limit exceed \r\n'.repeat(2_000)}550 no`],
] as const) {
  test(`a reply of ${what} that has no end is not read to it`, async () => {
    const port = await serveRaw('220 relay.example ESMTP', [], { RCPT: text })
    const stages = await check(configFor(port, nameless))
    expect(failure(stages)).toMatchObject({ stage: 'sender' })
    expect(JSON.stringify(stages).length).toBeLessThan(1000)
  })
}

test('a refused test recipient fails the last stage', async () => {
  const server = await serve()
  server.script = { recipient: { code: 550, text: '5.1.1 <me@example.com>: no such user here' } }
  const stages = await check(configFor(server.port), 'me@example.com')
  expect(failure(stages)).toMatchObject({ stage: 'sender', cause: 'recipient_refused', code: '550' })
  expect(failure(stages)?.detail).toBe('5.1.1 <•>: no such user here')
})

test('a line that drops at the sender fails that stage', async () => {
  const server = await serve()
  server.script = { sender: 'drop' }
  expect(failure(await check(configFor(server.port)))).toMatchObject({ stage: 'sender', cause: 'connection_lost' })
})

test('a server that stops answering fails the stage it stopped in', async () => {
  const server = await serve()
  server.script = { login: 'hang' }
  expect(failure(await check(configFor(server.port)))).toMatchObject({ stage: 'login', cause: 'no_answer' })
})

test('TLS on a port that speaks none, and none on a port that speaks TLS, are named', async () => {
  const plain = await serve()
  const stages = await check(configFor(plain.port, { encryption: 'tls' }))
  expect(failure(stages)).toMatchObject({ stage: 'tls', cause: 'tls_wrong_version' })
  const encrypted = await serve({ encryption: 'tls', certificate: certificates.right })
  const silent = await check(configFor(encrypted.port))
  expect(failure(silent)).toMatchObject({ stage: 'connect', cause: 'greeting_missing' })
})

test('STARTTLS that is not offered fails the stage tls, and no password is sent', async () => {
  const server = await serve()
  const stages = await check(configFor(server.port, { encryption: 'starttls' }))
  expect(passed(stages)).toEqual(['resolve', 'connect'])
  expect(failure(stages)).toMatchObject({ stage: 'tls', cause: 'tls_not_offered' })
  expect(server.logins).toBe(0)
})

test('a greeting that refuses fails the stage connect', async () => {
  const server = await serve()
  server.script = { greeting: { code: 554, text: 'No service for you' } }
  for (const encryption of ['none', 'starttls'] as const) {
    const stages = await check(configFor(server.port, { encryption }))
    expect(passed(stages)).toEqual(['resolve'])
    expect(failure(stages)).toMatchObject({ stage: 'connect', cause: 'greeting_refused', code: '554' })
  }
})

test('a port that speaks something else is not quoted', async () => {
  const stages = await check(configFor(await serveRaw('SSH-2.0-OpenSSH_9.6 internal-bastion')))
  expect(failure(stages)).toMatchObject({ stage: 'connect', cause: 'not_smtp' })
  expect(JSON.stringify(stages)).not.toContain('bastion')
})

test('a closed port is refused, and an unknown host not found', async () => {
  const server = await startMailServer()
  await server.close()
  const stages = await check(configFor(server.port))
  expect(failure(stages)).toMatchObject({ stage: 'connect', cause: 'connection_refused', code: 'ECONNREFUSED' })
  const unknown = await check(configFor(25, { host: 'no-such-host.invalid' }))
  expect(failure(unknown)).toMatchObject({ stage: 'resolve', cause: 'host_not_found' })
})

test('an address that is not allowed is never connected to', async () => {
  const server = await serve()
  const stages = await check(configFor(server.port, { host: '127.0.0.1' }))
  expect(stages).toEqual([
    { stage: 'resolve', ok: false, ms: expect.any(Number), cause: 'address_refused', code: 'EREFUSED' },
  ])
  expect(server.connections).toBe(0)
})

test('a check that is cancelled ends', async () => {
  const server = await serve()
  server.script = { login: 'hang' }
  const controller = new AbortController()
  const provider = smtp({ allow: ['localhost'] })
  const stages: StageResult[] = []
  for await (const stage of provider.check(configFor(server.port), { signal: controller.signal })) {
    stages.push(stage)
    if (stage.stage === 'connect') setTimeout(() => controller.abort(), 50)
  }
  expect(failure(stages)).toMatchObject({ stage: 'login', cause: 'cancelled' })
})
