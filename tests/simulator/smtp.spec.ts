/** The SMTP provider of the simulator, spoken to with the mail client that the product uses. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { createTransport, type SendMailOptions, type SentMessageInfo } from 'nodemailer'
import { type Simulator, startSimulator } from '../support/simulator.ts'

type Encryption = 'none' | 'starttls' | 'tls'

let simulator: Simulator

test.beforeAll(async () => {
  simulator = await startSimulator()
})

test.afterEach(() => simulator.clear())

test.afterAll(() => simulator.stop())

const portOf = (encryption: Encryption) => simulator.smtp[encryption === 'none' ? 'plain' : encryption]

type Client = { host?: string; password?: string; method?: 'PLAIN' | 'LOGIN'; socketTimeout?: number }

function transport(encryption: Encryption, client: Client = {}) {
  return createTransport({
    host: client.host ?? simulator.smtp.host,
    port: portOf(encryption),
    secure: encryption === 'tls',
    ignoreTLS: encryption === 'none',
    requireTLS: encryption === 'starttls',
    auth: { user: simulator.smtp.user, pass: client.password ?? simulator.smtp.password },
    ...(client.method && { authMethod: client.method }),
    tls: { ca: readFileSync(simulator.caFile) },
    ...(client.socketTimeout !== undefined && { socketTimeout: client.socketTimeout }),
  })
}

const anyone = () => `${randomUUID()}@example.com`

/** Sends one mail; answers what the client made of it. */
async function send(to: string, mail: SendMailOptions = {}, encryption: Encryption = 'none', client: Client = {}) {
  const mailer = transport(encryption, client)
  try {
    const message = { from: simulator.smtp.user, to, subject: 'Hello', text: 'Hello', ...mail }
    return (await mailer.sendMail(message)) as SentMessageInfo
  } finally {
    mailer.close()
  }
}

/** What a failed send shows of itself. */
const failure = (sending: Promise<unknown>) =>
  sending.then(
    () => ({ code: undefined, responseCode: undefined, response: undefined }),
    (error: { code?: string; responseCode?: number; response?: string; originalCode?: string }) => error,
  )

for (const encryption of ['none', 'starttls', 'tls'] as const) {
  test(`a mail sent with encryption ${encryption} is in the inbox, decoded`, async () => {
    const to = anyone()
    const mail = {
      from: { name: '通知中心', address: simulator.smtp.user },
      subject: '验证码 482913',
      text: '您的验证码是 482913。\n.a line that starts with a dot',
      html: '<p>您的验证码是 <b>482913</b></p>',
      replyTo: 'help@sandbox.test',
      messageId: '<stable-1@sandbox.test>',
    }
    const sent = await send(to, mail, encryption)

    const received = await simulator.inbox(to)
    expect(received).toHaveLength(1)
    const { content, ...envelope } = received[0] as (typeof received)[number]
    expect(envelope).toMatchObject({ channel: 'email', to })
    expect(sent.response).toContain(envelope.id)
    expect(content).toMatchObject({
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      from: mail.from,
      envelope: { from: simulator.smtp.user, encryption },
    })
    expect(content.headers).toMatchObject({ 'reply-to': 'help@sandbox.test', 'message-id': '<stable-1@sandbox.test>' })
    expect(content.raw).toMatch(/^From: =\?UTF-8\?/)
  })
}

test('both login methods are accepted, on every port', async () => {
  for (const encryption of ['none', 'starttls', 'tls'] as const) {
    for (const method of ['PLAIN', 'LOGIN'] as const) {
      const mailer = transport(encryption, { method })
      expect(await mailer.verify()).toBe(true)
      mailer.close()
    }
  }
})

test('a wrong password is refused with 535', async () => {
  expect(await failure(send(anyone(), {}, 'tls', { password: 'wrong' }))).toMatchObject({
    code: 'EAUTH',
    responseCode: 535,
  })
})

test('the STARTTLS port takes no login before the line is encrypted', async () => {
  const mailer = createTransport({
    host: simulator.smtp.host,
    port: simulator.smtp.starttls,
    ignoreTLS: true,
    auth: { user: simulator.smtp.user, pass: simulator.smtp.password },
  })
  expect(await failure(mailer.verify())).toMatchObject({ code: 'EAUTH', responseCode: 538 })
  mailer.close()
})

test('a sender of another domain is refused with 553 unless any_sender is set', async () => {
  const to = anyone()
  const mail = { from: 'somebody@elsewhere.example' }
  expect(await failure(send(to, mail))).toMatchObject({ code: 'EENVELOPE', responseCode: 553 })
  await send(to, { from: 'another@sandbox.test' })
  await simulator.control({ channel: 'email', kind: 'any_sender', times: 1 })
  await send(to, mail)
  expect(await failure(send(to, mail))).toMatchObject({ responseCode: 553 })
  expect(await simulator.count(to)).toBe(2)
})

test('a mail to two recipients is in the inbox of each', async () => {
  const recipients = [anyone(), anyone()]
  await send(recipients.join(', '))
  for (const to of recipients) expect(await simulator.count(to)).toBe(1)
})

test('a Node program that is given ca.pem trusts the certificate for localhost and for 127.0.0.1', async () => {
  const connect = `
    const socket = require('node:tls').connect({ host: process.argv[1], port: Number(process.argv[2]) })
    socket.once('secureConnect', () => { console.log(socket.authorized); socket.destroy() })
    socket.once('error', (error) => { console.log(error.code); socket.destroy() })`
  const run = async (host: string, environment: Record<string, string>) => {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', connect, host, String(simulator.smtp.tls)], {
      env: { NODE_ENV: 'test', ...environment },
    })
    return stdout.trim()
  }
  expect(await run('localhost', { NODE_EXTRA_CA_CERTS: simulator.caFile })).toBe('true')
  expect(await run('127.0.0.1', { NODE_EXTRA_CA_CERTS: simulator.caFile })).toBe('true')
  expect(await run('localhost', {})).toMatch(/SELF_SIGNED|UNABLE_TO/)
})

test.describe('faults', () => {
  const set = (kind: string, more: { to?: string; times?: number; ms?: number; code?: number } = {}) =>
    simulator.control({ channel: 'email', kind, ...more })

  const refusals = [
    { kind: 'reject_sender', usual: 451, stage: 'EENVELOPE' },
    { kind: 'reject_recipient', usual: 550, stage: 'EENVELOPE' },
    { kind: 'reject_data', usual: 554, stage: 'EMESSAGE' },
  ]
  for (const { kind, usual, stage } of refusals) {
    test(`${kind} answers ${usual}, or the code asked for, and stores nothing`, async () => {
      const to = anyone()
      await set(kind)
      expect(await failure(send(to))).toMatchObject({ code: stage, responseCode: usual })
      await set(kind, { code: 452 })
      expect(await failure(send(to))).toMatchObject({ code: stage, responseCode: 452 })
      expect(await simulator.count(to)).toBe(0)
      await simulator.clear()
      await send(to)
      expect(await simulator.count(to)).toBe(1)
    })
  }

  test('a fault for one recipient spares the others, and one with times ends by itself', async () => {
    const [struck, spared] = [anyone(), anyone()]
    await set('reject_recipient', { to: struck.toUpperCase(), times: 2 })
    expect(await failure(send(struck))).toMatchObject({ responseCode: 550 })
    await send(spared)
    expect(await failure(send(struck))).toMatchObject({ responseCode: 550 })
    await send(struck)
    expect(await simulator.count(struck)).toBe(1)
  })

  test('greeting_421 turns the client away before the login', async () => {
    await set('greeting_421')
    expect(await failure(send(anyone()))).toMatchObject({ code: 'EPROTOCOL', responseCode: 421 })
  })

  test('no_auth hides the login, and then takes no mail', async () => {
    await set('no_auth')
    const to = anyone()
    for (const encryption of ['none', 'starttls', 'tls'] as const) {
      expect(await failure(send(to, {}, encryption))).toMatchObject({ code: 'EENVELOPE', responseCode: 530 })
    }
    expect(await simulator.count(to)).toBe(0)
  })

  test('auth_454 answers the right password as QQ mail does when SMTP is switched off', async () => {
    await set('auth_454')
    const answer = await failure(send(anyone()))
    expect(answer).toMatchObject({ code: 'EAUTH', responseCode: 454 })
    expect(answer.response).toBe('454 Authentication failed, please open smtp flag first!')
  })

  test('delay answers late and still delivers', async () => {
    const to = anyone()
    await set('delay', { to, ms: 60_000 })
    expect(await failure(send(to, {}, 'none', { socketTimeout: 500 }))).toMatchObject({ code: 'ETIMEDOUT' })
    expect(await simulator.count(to)).toBe(1)
    await set('delay', { to, ms: 1 })
    await send(to)
    expect(await simulator.count(to)).toBe(2)
  })

  test('hang never answers and stores nothing', async () => {
    const to = anyone()
    await set('hang', { to })
    expect(await failure(send(to, {}, 'none', { socketTimeout: 500 }))).toMatchObject({ code: 'ETIMEDOUT' })
    expect(await simulator.count(to)).toBe(0)
  })

  for (const encryption of ['none', 'starttls', 'tls'] as const) {
    test(`drop_after_accept keeps the mail and cuts the line (${encryption})`, async () => {
      const to = anyone()
      await set('drop_after_accept', { to })
      const answer = await failure(send(to, {}, encryption))
      expect(answer.code).toMatch(/^(ECONNECTION|ESOCKET)$/)
      expect(answer.responseCode).toBeUndefined()
      expect(await simulator.count(to)).toBe(1)
    })

    test(`drop_before_accept cuts the line in mid mail and keeps nothing (${encryption})`, async () => {
      const to = anyone()
      await set('drop_before_accept', { to })
      const answer = await failure(send(to, { text: 'long '.repeat(200_000) }, encryption))
      expect(answer.code).toMatch(/^(ECONNECTION|ESOCKET)$/)
      expect(await simulator.count(to)).toBe(0)
    })
  }

  test('wrong_certificate strikes as often as asked, on both TLS ports and under both names', async () => {
    for (const host of ['localhost', '127.0.0.1']) {
      for (const encryption of ['starttls', 'tls'] as const) {
        await set('wrong_certificate', { times: 1 })
        const answer = await failure(send(anyone(), {}, encryption, { host }))
        expect(answer).toMatchObject({
          originalCode: expect.stringMatching(/UNABLE_TO|SELF_SIGNED|ALTNAME/),
        })
        await send(anyone(), {}, encryption, { host })
      }
    }
  })
})
