/** The simulator's inbox, control surface and pages over HTTP, and how it starts and stops. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { generate } from 'selfsigned'
import { type Simulator, startSimulator } from '../support/simulator.ts'

async function deliver(simulator: Simulator, mails: SendMailOptions[]): Promise<void> {
  const { host, plain: port, user, password: pass } = simulator.smtp
  const mailer = createTransport({ host, port, ignoreTLS: true, pool: true, maxConnections: 1, auth: { user, pass } })
  for (const mail of mails) await mailer.sendMail({ from: user, subject: 'Hello', text: 'Hello', ...mail })
  mailer.close()
}

/** A request whose Host and Origin the test chooses, which fetch does not allow. */
function ask(url: string, headers: Record<string, string>, method = 'GET', body = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sent.once('error', reject).end(body)
  })
}

test.describe('one simulator', () => {
  let simulator: Simulator

  test.beforeAll(async () => {
    simulator = await startSimulator()
  })

  test.beforeEach(() => simulator.empty())

  test.afterAll(() => simulator.stop())

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${simulator.url}${path}`, { headers })

  test('the inbox answers newest first, limited, filtered whatever the case, and in summary', async () => {
    await deliver(simulator, [
      { to: 'a@example.com', subject: 'first', messageId: '<1@x.test>' },
      { to: 'b@example.com', subject: 'second', messageId: '<2@x.test>' },
      { to: 'A@example.com', subject: 'third', messageId: '<3@x.test>' },
    ])
    const subjects = async (query: string) =>
      ((await (await get(`/inbox${query}`)).json()) as { content: { subject: string } }[]).map((m) => m.content.subject)
    expect(await subjects('?channel=email')).toEqual(['third', 'second', 'first'])
    expect(await subjects('?limit=2')).toEqual(['third', 'second'])
    expect(await subjects('?to=a@EXAMPLE.com')).toEqual(['third', 'first'])
    expect(await subjects('?channel=sms')).toEqual([])
    const rows = (await (await get('/inbox?channel=email&summary=1')).json()) as Record<string, string>[]
    expect(rows.map((row) => row.messageId)).toEqual(['<3@x.test>', '<2@x.test>', '<1@x.test>'])
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['at', 'id', 'messageId', 'to'])
    expect(await (await get('/inbox/count?channel=email')).json()).toMatchObject({ count: 3 })
    for (const query of ['?limit=0', '?limit=1001', '?limit=x', '?channel=fax']) {
      expect((await get(`/inbox${query}`)).status, query).toBe(400)
    }
  })

  test('a fault that makes no sense is refused with a sentence about it', async () => {
    const cases: [string, RegExp][] = [
      ['not json', /not JSON/],
      ['[]', /JSON object/],
      ['{"channel":"fax","kind":"hang"}', /"channel" must be one of: email, sms, voice/],
      ['{"channel":"email","kind":"explode"}', /"kind" must be one of: .*hang/],
      ['{"channel":"email","kind":"delay"}', /"delay" needs "ms"/],
      ['{"channel":"email","kind":"hang","ms":5}', /"hang" takes no "ms"/],
      ['{"channel":"email","kind":"hang","times":0}', /"times" must be a whole number/],
      ['{"channel":"email","kind":"reject_data","code":250}', /"code" must be a whole number from 400 to 599/],
      ['{"channel":"email","kind":"greeting_421","to":"a@example.com"}', /before the recipient is known/],
      ['{"channel":"email","kind":"hang","tmies":1}', /"tmies" is not a field/],
    ]
    for (const [body, sentence] of cases) {
      const response = await fetch(`${simulator.url}/control`, { method: 'POST', body })
      expect(response.status, body).toBe(400)
      expect(((await response.json()) as { error: string }).error).toMatch(sentence)
    }
    expect(await (await get('/control')).json()).toEqual({ faults: [] })
  })

  test('the faults that are set are listed, replaced by the same again, and cleared', async () => {
    await simulator.control({ channel: 'email', kind: 'hang', to: 'a@example.com', times: 2 })
    await simulator.control({ channel: 'email', kind: 'hang', to: 'A@example.com', times: 3 })
    await simulator.control({ channel: 'email', kind: 'reject_data' })
    expect(await (await get('/control')).json()).toEqual({
      faults: [
        { channel: 'email', kind: 'hang', to: 'a@example.com', times: 3 },
        { channel: 'email', kind: 'reject_data', code: 554 },
      ],
    })
    await simulator.clear()
    expect(await (await get('/control')).json()).toEqual({ faults: [] })
  })

  test('only this machine under its own name, and no other site, gets an answer', async () => {
    const health = `${simulator.url}/health`
    const { port } = new URL(simulator.url)
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, 'localhost']) {
      expect(await ask(health, { host }), host).toBe(200)
    }
    for (const host of ['evil.example', `evil.example:${port}`, 'localhost.evil.example', '127.0.0.1.evil.example']) {
      expect(await ask(health, { host }), host).toBe(403)
    }
    const clear = (origin: string) => ask(`${simulator.url}/control`, { origin }, 'DELETE')
    expect(await clear('https://evil.example')).toBe(403)
    expect(await clear('null')).toBe(403)
    expect(await clear(simulator.url)).toBe(204)
  })

  test('the list page escapes what it shows, filters by recipient, and has no script but its own', async () => {
    await deliver(simulator, [
      { to: 'ann@example.com', subject: '<script>alert(1)</script>' },
      { to: 'bob@example.com', subject: 'For Bob' },
    ])
    const all = await (await get('/')).text()
    expect(all).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(all.match(/<script[^>]*>/g)).toEqual(['<script src="/follow.js" defer>'])
    expect(all.indexOf('For Bob')).toBeLessThan(all.indexOf('alert(1)'))
    const filtered = await (await get('/?to=ANN')).text()
    expect(filtered).toContain('ann@example.com')
    expect(filtered).not.toContain('bob@example.com')
    expect(await (await get('/?to=%22%3E%3Cb%3E')).text()).not.toContain('"><b>')
  })

  test('the pages speak the language of the browser, or the one in the address', async () => {
    const languageOf = async (path: string, accept: string) =>
      /<html lang="([^"]+)"/.exec(await (await get(path, { 'accept-language': accept })).text())?.[1]
    expect(await languageOf('/', 'zh-CN,zh;q=0.9,en;q=0.8')).toBe('zh-CN')
    expect(await languageOf('/', 'fr,en;q=0.5')).toBe('en')
    expect(await languageOf('/?lang=zh', 'en')).toBe('zh-CN')
    expect(await languageOf('/?lang=en', 'zh-CN')).toBe('en')
  })

  test('the page of a mail shows its HTML in a frame that runs and loads nothing', async () => {
    await deliver(simulator, [{ to: 'a@example.com', html: '<p title="x">Code</p><script>alert(1)</script>' }])
    const [mail] = await simulator.inbox()
    const response = await get(`/messages/${mail?.id}`)
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/script-src|https?:|\*/)
    const page = await response.text()
    expect(page).toMatch(
      /<iframe title="Preview" sandbox srcdoc="&lt;meta http-equiv=&quot;content-security-policy&quot;/,
    )
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).not.toContain('<script')
    expect(page).toMatch(/<details><summary>Raw source<\/summary>/)
    expect((await get('/messages/none')).status).toBe(404)
  })
})

test.describe('start and stop', () => {
  let data: string

  test.beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'signet-simulator-'))
  })

  test.afterEach(() => rm(data, { recursive: true, force: true }))

  test('a restart keeps the inbox, the certificates and their trust', async () => {
    const first = await startSimulator({ data })
    await deliver(first, [{ to: 'a@example.com', subject: '保留 ✓', text: 'kept\r\n“quoted”' }])
    const before = await first.inbox()
    const authority = await readFile(first.caFile, 'utf8')
    await first.stop()

    const second = await startSimulator({ data, ports: first.ports })
    expect(second.ports).toEqual(first.ports)
    expect(await second.inbox()).toEqual(before)
    expect(await readFile(second.caFile, 'utf8')).toBe(authority)
    await second.stop()
  })

  test('a kill loses nothing that was written, and a torn line costs that line only', async () => {
    const file = join(data, 'inbox.jsonl')
    const first = await startSimulator({ data })
    await deliver(first, [{ to: 'a@example.com' }, { to: 'b@example.com' }])
    await expect.poll(async () => (await readFile(file, 'utf8')).split('\n').length).toBe(3)
    await first.kill()
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, -20))

    const second = await startSimulator({ data })
    expect((await second.inbox()).map(({ to }) => to)).toEqual(['a@example.com'])
    await deliver(second, [{ to: 'c@example.com' }])
    await second.stop()

    const third = await startSimulator({ data })
    expect((await third.inbox()).map(({ to }) => to)).toEqual(['c@example.com', 'a@example.com'])
    await third.stop()
  })

  test('an emptied inbox stays empty after a restart', async () => {
    const first = await startSimulator({ data })
    await deliver(first, [{ to: 'a@example.com' }])
    await first.empty()
    await first.stop()
    const second = await startSimulator({ data })
    expect(await second.count()).toBe(0)
    await second.stop()
  })

  test('the oldest mails are dropped beyond the number to keep', async () => {
    const simulator = await startSimulator({ data, max: 2 })
    await deliver(simulator, [{ to: 'a@example.com' }, { to: 'b@example.com' }, { to: 'c@example.com' }])
    expect((await simulator.inbox()).map(({ to }) => to)).toEqual(['c@example.com', 'b@example.com'])
    await simulator.stop()
  })

  test('the key can be read by its owner only, and damaged certificates are made anew', async () => {
    const first = await startSimulator({ data })
    expect((await stat(join(data, 'key.pem'))).mode & 0o777).toBe(0o600)
    const certificate = await readFile(join(data, 'cert.pem'), 'utf8')
    await first.stop()
    await writeFile(join(data, 'cert.pem'), certificate.slice(0, 100))
    const second = await startSimulator({ data })
    expect(await readFile(join(data, 'cert.pem'), 'utf8')).toMatch(/^-----BEGIN[\s\S]+END CERTIFICATE-----/)
    await second.stop()
  })

  test('certificates that last 29 days more are renewed at the start, and those that last 31 are kept', async () => {
    const keep = async (days: number) => {
      const dates = {
        keyType: 'ec' as const,
        algorithm: 'sha256',
        notAfterDate: new Date(Date.now() + days * 86_400_000),
      }
      const authority = await generate([{ name: 'commonName', value: 'A' }], {
        ...dates,
        extensions: [{ name: 'basicConstraints', cA: true }],
      })
      const leaf = await generate([{ name: 'commonName', value: 'localhost' }], {
        ...dates,
        ca: { key: authority.private, cert: authority.cert },
        extensions: [
          {
            name: 'subjectAltName',
            altNames: [
              { type: 2, value: 'localhost' },
              { type: 7, ip: '127.0.0.1' },
              { type: 7, ip: '::1' },
            ],
          },
        ],
      })
      await writeFile(join(data, 'ca.pem'), authority.cert)
      await writeFile(join(data, 'cert.pem'), leaf.cert)
      await writeFile(join(data, 'key.pem'), leaf.private)
      const simulator = await startSimulator({ data })
      await simulator.stop()
      return (await readFile(join(data, 'cert.pem'), 'utf8')) === leaf.cert
    }
    expect(await keep(31)).toBe(true)
    expect(await keep(29)).toBe(false)
  })

  test('a port in use stops the start with a sentence that names it', async () => {
    const first = await startSimulator({ data })
    const { http, plain } = first.ports
    const free = { http: 0, plain: 0, starttls: 0, tls: 0 }
    const inUse = (port: number) => new RegExp(`ended with 1: Port ${port} is in use: [^\\n]+$`)
    await expect(startSimulator({ data, ports: { ...free, http } })).rejects.toThrow(inUse(http))
    await expect(startSimulator({ data, ports: { ...free, plain } })).rejects.toThrow(inUse(plain))
    await first.stop()
  })

  test('it stops at once although clients hang on its lines', async () => {
    const simulator = await startSimulator({ data })
    await simulator.control({ channel: 'email', kind: 'hang', times: 1 })
    const hanging = deliver(simulator, [{ to: 'a@example.com' }]).then(
      () => 'delivered',
      () => 'cut',
    )
    const faults = async () => (await fetch(`${simulator.url}/control`)).json()
    await expect.poll(faults).toEqual({ faults: [] })
    await simulator.stop()
    expect(await hanging).toBe('cut')
  })
})
