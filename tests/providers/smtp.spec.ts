/** Sending over SMTP, against real servers. */
import { expect, test } from '@playwright/test'
import PostalMime from 'postal-mime'
import { SendError } from '#channels/contract.ts'
import type { SmtpConfig } from '#providers/smtp/config.ts'
import { type SmtpOptions, smtp } from '#providers/smtp/smtp.ts'
import { login, makeCertificates, type Script, startMailServer } from '../support/smtp.ts'

const message = { subject: 'Your code 482913', html: '<p>482913</p>', text: 'Code 482913\n' }
const to = 'zhang.san@customer.example'
const running: { close?(): unknown }[] = []

test.afterEach(async () => {
  for (const part of running.splice(0)) await part.close?.()
})

async function setUp(
  serverOptions: Parameters<typeof startMailServer>[0] = {},
  options: Partial<SmtpOptions> = {},
  more: Partial<SmtpConfig> = {},
) {
  const server = await startMailServer(serverOptions)
  const provider = smtp({
    allow: ['127.0.0.1'],
    timeouts: { connect: 1000, greeting: 1000, command: 1000 },
    ...options,
  })
  running.push(provider, server)
  const config: SmtpConfig = {
    host: 'localhost',
    port: server.port,
    encryption: serverOptions.encryption ?? 'none',
    username: login.user,
    password: login.password,
    fromAddress: login.user,
    fromName: 'Shop',
    replyTo: '',
    ...more,
  }
  let count = 0
  const send = (content: typeof message & { fromName?: string } = message, signal?: AbortSignal) =>
    provider.send(config, to, content, { reference: `ref-${++count}`, ...(signal ? { signal } : {}) })
  return { server, provider, config, send }
}

/** The error of a send that must fail. */
async function errorOf(sending: Promise<unknown>): Promise<SendError> {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(SendError)
  return error as SendError
}

test('what is urgent gets the next session that is free, before others that were there first', async () => {
  const { server, provider, config } = await setUp({}, { pool: { sessions: 2 } })
  const send = (to: string, urgent: boolean) => provider.send(config, to, message, { reference: to, urgent })
  // The pool opens its sessions first: nothing goes out before all of these wait.
  const alarms = Array.from({ length: 12 }, (_, n) => send(`alarm-${n}@shop.example`, false))
  const codes = Array.from({ length: 2 }, (_, n) => send(`code-${n}@shop.example`, true))
  await Promise.all([...alarms, ...codes])
  const order = server.mails.map(({ to: [first] }) => first?.slice(0, 6))
  expect(order.lastIndexOf('code-1')).toBeLessThan(6)
  expect(order.lastIndexOf('code-0')).toBeLessThan(6)
})

test.describe('a mail that is accepted', () => {
  for (const encryption of ['none', 'starttls', 'tls'] as const) {
    test(`arrives over "${encryption}" as it was composed, from the account, to the one recipient`, async () => {
      const certificates = await makeCertificates()
      const { server, send } = await setUp(
        { encryption, certificate: certificates.right },
        { authorities: [certificates.authority] },
        { replyTo: 'help@shop.example' },
      )
      const { providerMessageId } = await send({ ...message, fromName: '示例商店' })
      expect(providerMessageId).toBe('<ref-1@shop.example>')
      const [mail] = server.mails
      expect(mail).toMatchObject({
        from: login.user,
        to: [to],
        encrypted: encryption !== 'none',
        user: login.user,
      })
      const parsed = await PostalMime.parse(mail?.raw ?? '')
      expect(parsed).toMatchObject({
        from: { name: '示例商店', address: login.user },
        replyTo: [{ address: 'help@shop.example' }],
        to: [{ address: to }],
        subject: message.subject,
        html: message.html,
        text: message.text,
        messageId: '<ref-1@shop.example>',
      })
      expect(parsed.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
    })
  }

  test('carries the same Message-ID when it is sent again', async () => {
    const { server, provider, config } = await setUp()
    for (const _ of [1, 2]) await provider.send(config, to, message, { reference: 'same' })
    const ids = await Promise.all(server.mails.map(async ({ raw }) => (await PostalMime.parse(raw)).messageId))
    expect(ids).toEqual(['<same@shop.example>', '<same@shop.example>'])
  })
})

test.describe('sessions', () => {
  test('are kept: twenty mails in turn take one connection and one login', async () => {
    const { server, send } = await setUp()
    for (let i = 0; i < 20; i++) await send()
    expect(server.mails).toHaveLength(20)
    expect([server.connections, server.logins]).toEqual([1, 1])
  })

  test('are at most as many as allowed, and everything is sent', async () => {
    const { server, send } = await setUp({}, { pool: { sessions: 3 } })
    await Promise.all(Array.from({ length: 60 }, () => send()))
    expect(server.mails).toHaveLength(60)
    expect(server.connections).toBe(3)
  })

  test('end after their share of mails', async () => {
    const { server, send } = await setUp({}, { pool: { mailsPerSession: 5 } })
    for (let i = 0; i < 12; i++) await send()
    expect([server.mails.length, server.connections]).toEqual([12, 3])
  })

  test('end when idle', async () => {
    const { server, send } = await setUp({}, { pool: { idle: 50 } })
    await send()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await send()
    expect([server.mails.length, server.connections]).toEqual([2, 2])
  })

  for (const how of ['end', 'destroy'] as const) {
    test(`that the server closed (${how}) while idle cost no mail`, async () => {
      const { server, send } = await setUp()
      await Promise.all(Array.from({ length: 10 }, () => send()))
      const before = server.connections
      server.endConnections(how)
      // At once: some sessions are not known to be closed yet.
      await Promise.all(Array.from({ length: 20 }, () => send()))
      expect(server.mails).toHaveLength(30)
      expect(server.connections).toBeGreaterThan(before)
    })
  }

  test('that are full are replaced: a 421 to a kept session is answered with a new one', async () => {
    const { server, send } = await setUp()
    await send()
    server.script = { sender: { code: 421, text: 'Too many messages in this session', times: 1 } }
    await send()
    expect([server.mails.length, server.connections]).toEqual([2, 2])
  })

  test('that a server allows fewer of than wanted still send everything', async () => {
    const { server, send } = await setUp({ maxConnections: 2 })
    await send()
    await Promise.all(Array.from({ length: 30 }, () => send()))
    expect(server.mails).toHaveLength(31)
  })

  test('of a changed password are new ones', async () => {
    const { server, provider, config, send } = await setUp()
    await send()
    const changed = { ...config, password: 'something else' }
    const error = await errorOf(provider.send(changed, to, message, { reference: 'x' }))
    expect(error.kind).toBe('misconfigured')
    await send()
    expect([server.mails.length, server.connections]).toEqual([2, 2])
  })

  test('go on after a refused mail', async () => {
    const { server, send } = await setUp()
    server.script = { recipient: { code: 550, text: 'No such user' } }
    await errorOf(send())
    server.script = { content: { code: 554, text: 'Spam' } }
    await errorOf(send())
    server.script = {}
    await send()
    expect([server.mails.length, server.connections]).toEqual([1, 1])
  })

  test('end with the provider, after the mails under way', async () => {
    const { server, provider, send } = await setUp()
    await send()
    const sending = send()
    await provider.close?.()
    await sending
    expect(server.mails).toHaveLength(2)
    await expect.poll(() => server.open).toBe(0)
  })
})

test.describe('a mail that is not accepted', () => {
  test('is tried again after a 4xx, and then arrives', async () => {
    const { server, send } = await setUp()
    server.script = { recipient: { code: 451, text: '4.7.1 Greylisted, try again in 60 seconds', times: 1 } }
    expect(await errorOf(send())).toMatchObject({ kind: 'retry', code: '451' })
    await send()
    expect(server.mails).toHaveLength(1)
  })

  const dropped: [string, Script, SendError['kind']][] = [
    ['at the greeting', { greeting: 'drop' }, 'retry'],
    ['at the login', { login: 'drop' }, 'retry'],
    ['at the sender', { sender: 'drop' }, 'retry'],
    ['at the recipient', { recipient: 'drop' }, 'retry'],
    ['after the final dot', { content: 'drop' }, 'unknown'],
  ]
  for (const [where, script, kind] of dropped) {
    test(`has the outcome ${kind} when the server hangs up ${where}`, async () => {
      const { server, send } = await setUp()
      server.script = script
      expect((await errorOf(send())).kind).toBe(kind)
    })
  }

  test('has the outcome retry when the server hangs up before it could have had all of it', async () => {
    const { server, send } = await setUp()
    server.script = { content: 'drop_midway' }
    // More than the buffers between the two hold.
    const large = 'x'.repeat(12_000_000)
    expect((await errorOf(send({ ...message, html: `<p>${large}</p>`, text: large }))).kind).toBe('retry')
  })

  test('has the outcome unknown when there is no answer to the final dot, and retry before it', async () => {
    const { server, send } = await setUp()
    server.script = { content: 'hang' }
    expect((await errorOf(send())).kind).toBe('unknown')
    server.script = { recipient: 'hang' }
    expect((await errorOf(send())).kind).toBe('retry')
  })

  test('is given up as soon as the signal says so', async () => {
    const { server, send } = await setUp()
    server.script = { recipient: 'hang' }
    const abortedOnceHung = async () => {
      const [abort, hung] = [new AbortController(), server.hung]
      const failed = errorOf(send(message, abort.signal))
      await expect.poll(() => server.hung).toBe(hung + 1)
      abort.abort()
      return failed
    }
    expect(await abortedOnceHung()).toMatchObject({ kind: 'retry', code: 'EABORT' })
    server.script = { content: 'hang' }
    expect(await abortedOnceHung()).toMatchObject({ kind: 'unknown', code: 'EABORT' })
    expect((await errorOf(send(message, AbortSignal.abort()))).kind).toBe('retry')
  })

  test('is rejected when the server says beforehand that it is too large', async () => {
    const { server, send } = await setUp({ maxSize: 20_000 })
    const error = await errorOf(send({ ...message, html: `<p>${'x'.repeat(30_000)}</p>` }))
    expect(error.kind).toBe('reject')
    expect(server.mails).toEqual([])
  })

  test('fails many at once with one login, when the login is what fails', async () => {
    const { server, send } = await setUp({}, { pool: { sessions: 2 } }, { password: 'wrong' })
    const errors = await Promise.all(Array.from({ length: 20 }, () => errorOf(send())))
    expect(new Set(errors.map(({ kind, code }) => `${kind} ${code}`))).toEqual(new Set(['misconfigured 535']))
    expect(server.logins).toBeLessThanOrEqual(4)
  })
})

test('an error has nothing in it of the secret, the recipient or the mail, whatever the server echoes', async () => {
  const { server, send } = await setUp()
  const encoded = Buffer.from(`\0${login.user}\0${login.password}`).toString('base64')
  server.script = {
    content: {
      code: 554,
      text: `Refused <${to}> ${to.split('@')[0]} subject "Your code 482913" AUTH PLAIN ${encoded} ${login.password} ${login.user}`,
    },
  }
  const error = await errorOf(send())
  const shown = JSON.stringify([error, error.message, error.detail, error.stack, error.cause])
  for (const secret of [to, 'zhang.san', '482913', encoded.slice(0, 12), 'battery', login.user]) {
    expect(shown).not.toContain(secret)
  }
  expect(error.detail).toContain('Refused')
  expect(error.detail.length).toBeLessThanOrEqual(300)
})
