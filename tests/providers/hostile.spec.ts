/**
 * A vendor that answers with anything but what it documents: nothing crashes, waits for long, tells a secret, is sent again after
 * it may have been taken, or is called delivered.
 */
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { LookupError, type Provider, type StageResult } from '#channels/contract.ts'
import { type RawService, startRaw } from '../support/raw-service.ts'
import { type Vendor, vendors } from '../support/vendors.ts'

const head = (length: number, more = '', status = '200 OK') =>
  `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\n${more}content-length: ${length}\r\n\r\n`
const says =
  (body: string | Buffer, more = '', status?: string) =>
  (line: Socket) => {
    line.write(head(Buffer.byteLength(body), more, status))
    line.end(body)
  }

/** Writes the same again and again, as fast as it is taken, until the line is closed. */
async function flood(line: Socket, begin: string, piece: string | Buffer): Promise<void> {
  line.write(begin)
  while (!line.destroyed) {
    if (!line.write(piece)) await Promise.race([once(line, 'drain'), once(line, 'close')]).catch(() => undefined)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
const trickle = (begin: string, piece: string) => (line: Socket) => {
  line.write(begin)
  const timer = setInterval(() => line.write(piece), 20)
  line.on('close', () => clearInterval(timer))
}

const mega = 1_000_000
const unreadable: [what: string, answer: (line: Socket) => void][] = [
  ['a megabyte of open brackets', says('['.repeat(mega))],
  ['a megabyte of nested objects', says(`${'{"Code":'.repeat(mega / 10)}1${'}'.repeat(mega / 10)}`)],
  ['five megabytes', says(`{"Code":"OK","errcode":0,"Message":"${'x'.repeat(5 * mega)}"}`)],
  ...['null', 'true', '5', '"OK"', '[{"Code":"OK","errcode":0}]', '{}', '{"__proto__":{"Code":"OK","errcode":0}}'].map(
    (body): [string, (line: Socket) => void] => [body, says(body)],
  ),
  ...[
    '5',
    '[]',
    '{}',
    'null',
    'true',
    '""',
    '["OK"]',
    '{"toString":"OK"}',
    '" "',
    '"isv.\\u0000X"',
    '"\\ud800"',
    '-0.5',
  ].map((value): [string, (line: Socket) => void] => [
    `a code of ${value}`,
    says(`{"Code":${value},"errcode":${value === '5' ? '5.5' : value}}`),
  ]),
  ['text in two bytes a character', says(Buffer.from('\uFEFF{"Code":"OK","errcode":0}', 'utf16le'))],
  ['what is compressed unasked', says(gzipSync('{"Code":"OK","errcode":0}'), 'content-encoding: gzip\r\n')],
  ['a compressed hundred megabytes', says(gzipSync(Buffer.alloc(100 * mega)), 'content-encoding: gzip\r\n')],
  ['a redirection', says('', 'location: /elsewhere\r\n', '307 Temporary Redirect')],
  ['nothing, 204', (line) => line.end('HTTP/1.1 204 No Content\r\n\r\n')],
  ['another protocol, 101', (line) => line.end('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n')],
  ['a hundred kilobytes of headers', says('{"Code":"OK","errcode":0}', `x: ${'y'.repeat(100_000)}\r\n`)],
  ['ten thousand headers', says('{"Code":"OK","errcode":0}', 'x: y\r\n'.repeat(10_000))],
  ['two lengths', (line) => line.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}')],
  [
    'a length and chunks',
    (line) => line.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}'),
  ],
  ['no HTTP', (line) => line.end('{"Code":"OK","errcode":0}\r\n\r\n')],
  ['an answer a byte at a time', trickle(head(1000), ' ')],
  ['headers without an end', trickle('HTTP/1.1 200 OK\r\n', 'x: y\r\n')],
  ['interim answers without an end', trickle('', 'HTTP/1.1 103 Early Hints\r\n\r\n')],
  [
    'chunks without an end',
    (line) =>
      void flood(line, 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', `10000\r\n${' '.repeat(65_536)}\r\n`),
  ],
  [
    'a body without an end',
    (line) => void flood(line, 'HTTP/1.1 200 OK\r\n\r\n{"Code":"OK","x":"', 'x'.repeat(65_536)),
  ],
]

for (const [name, make] of Object.entries(vendors)) {
  test.describe(name, () => {
    let service: RawService
    let vendor: Vendor
    test.beforeEach(async () => {
      service = await startRaw()
      vendor = make(service.url)
    })
    test.afterEach(async () => {
      await vendor.provider.close?.()
      await service.close()
    })
    const shown = (error: Error) => JSON.stringify([error, error.message, error.stack, error.cause])
    const toldOf = (error: Error) => vendor.secrets.filter((secret) => shown(error).includes(secret))

    for (const [what, answer] of unreadable) {
      test(`${what} leaves it open whether a message was taken, and asks no second time`, async () => {
        service.answer = answer
        const error = await vendor.failure()
        expect(error.kind).toBe('unknown')
        expect(error.code).toMatch(/^[\w.]{1,100}$/)
        expect(toldOf(error)).toEqual([])
        expect(service.asked).toBe(1)
      })
    }

    test('what was taken is taken, however it is put', async () => {
      const taken = { ...JSON.parse(vendor.taken), ...(name === 'WeChat' ? { msgid: vendor.id } : {}) }
      service.answer = says(vendor.taken.replace('{', `{"deep":${'['.repeat(1000)}${']'.repeat(1000)},`))
      expect(await vendor.send()).toEqual({ providerMessageId: vendor.id })
      for (const [more, id] of [
        [{ Message: 'x'.repeat(mega), errmsg: 'x'.repeat(mega) }, vendor.id],
        [{ RequestId: [], Message: null, errmsg: {} }, vendor.id],
        ...['x'.repeat(mega), [], {}, null, true, '\u0000', '<b>'].map((id) => [
          { RequestId: id, BizId: id, CallId: id, msgid: id },
          expect.stringMatching(/^[\w^.:-]{1,100}$/),
        ]),
      ]) {
        service.answer = says(JSON.stringify({ ...taken, ...(more as object) }))
        expect(await vendor.send()).toEqual({ providerMessageId: id })
      }
      const interim =
        'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nx: y\r\n\r\n'
      service.answer = (line) => line.end(interim + head(Buffer.byteLength(vendor.taken)) + vendor.taken)
      expect(await vendor.send()).toEqual({ providerMessageId: vendor.id })
    })

    test('a refusal is one whatever its words are, and tells nothing that was handed over', async () => {
      const words = [
        `${vendor.secrets.join(' ')} string to sign: ${vendor.secrets.join('&')}`,
        ` ${' '.repeat(mega)}x`,
        ','.repeat(mega),
        `%41${'x'.repeat(mega)}`,
        'http://'.repeat(mega / 10),
        'rid: '.repeat(mega / 10),
        { nested: vendor.secrets },
        vendor.secrets,
        5,
        null,
      ]
      for (const said of words) {
        service.answer = says(JSON.stringify(vendor.refused(said)), '', vendor.refusedWith)
        const error = await vendor.failure()
        expect(error.kind).toBe('reject')
        expect(error.detail.length).toBeLessThanOrEqual(300)
        expect(toldOf(error)).toEqual([])
      }
      service.answer = says(
        Buffer.from(JSON.stringify(vendor.refused('no UTF-8: é')), 'latin1'),
        '',
        vendor.refusedWith,
      )
      expect((await vendor.failure()).kind).toBe('reject')
    })

    test('an answer that nobody asked for is not taken for that to the next message', async () => {
      const whole = `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(vendor.taken)}\r\n\r\n${vendor.taken}`
      let answered = 0
      service.answer = (line) => {
        answered++
        if (answered === 1) line.write(whole + whole)
        else line.destroy()
      }
      expect(await vendor.send()).toEqual({ providerMessageId: vendor.id })
      expect((await vendor.failure()).kind).toBe('unknown')
    })

    test('questions answered with anything end in an answer or a LookupError, and nothing counts as delivered', async () => {
      const provider = vendor.provider as unknown as Provider
      const config = vendor.config
      const sentAt = new Date(Date.now() - 3_600_000)
      const message = { to: '+8613812345678', sentAt, providerMessageId: '116000000001^102000000001', reference: 'one' }
      const questions: (() => Promise<unknown> | undefined)[] = [
        () => provider.signatures?.(config),
        () => provider.templates?.(config),
        () => provider.carriers?.(config, 'a'),
        () => provider.rules?.(config, 'a'),
        () => provider.settle?.(config, message),
      ]
      const lists = [
        'SmsSignList',
        'SmsTemplateList',
        'SignIspRegisterDetailList',
        'SmsSendDetailDTOs',
        'template_list',
        'Data',
        'DescribeSignListStatusSet',
        'DescribeTemplateStatusSet',
        'SendRecordSet',
        'PullSmsSendStatusSet',
      ]
      const fields = [
        'SmsSendDetailDTO',
        'SignName',
        'AuditStatus',
        'Reason',
        'VariableAttribute',
        'TemplateContent',
        'content',
        'RegisterStatusReasons',
        'StatusCode',
        'SessionContext',
        'SendTime',
      ]
      const anyField = fc.dictionary(fc.constantFrom(...fields), fc.jsonValue(), { noNullPrototype: true })
      const anyList = fc.oneof(fc.jsonValue(), fc.array(anyField, { maxLength: 3 }), anyField)
      const body = fc.record({
        Code: fc.constantFrom('OK', 'OK', 5, null),
        errcode: fc.constantFrom(0, 0, '', null),
        of: fc.dictionary(fc.constantFrom(...lists), anyList, { noNullPrototype: true }),
      })
      await fc.assert(
        fc.asyncProperty(body, fc.constantFrom(...questions), async ({ of, ...rest }, ask) => {
          service.answer = says(JSON.stringify({ ...of, ...rest, Response: { ...of, RequestId: rest.errcode } }))
          const answer = await Promise.resolve(ask()).catch((error: unknown) => {
            if (!(error instanceof LookupError)) throw error
            return undefined
          })
          const state = typeof answer === 'object' && answer !== null && 'state' in answer ? answer.state : ''
          return state !== 'delivered' && state !== 'failed'
        }),
        { numRuns: 150 },
      )
    })

    test('a check says what it found, and throws nothing', async () => {
      for (const [, answer] of unreadable.slice(0, 30)) {
        service.answer = answer
        const stages: StageResult[] = []
        for await (const stage of vendor.provider.check(vendor.config as never, {})) stages.push(stage)
        expect(stages.at(-1)).toMatchObject({ ok: false, passing: true, cause: expect.any(String) })
        expect(vendor.secrets.filter((secret) => JSON.stringify(stages).includes(secret))).toEqual([])
      }
    })
  })
}
