/** An answer that was cut off: whatever is missing of it, the message may have been taken, and is not sent again for that. */
import { createServer } from 'node:net'
import { expect, test } from '@playwright/test'
import type { SendError } from '#channels/contract.ts'
import { smtp } from '#providers/smtp/smtp.ts'
import { type RawService, startRaw } from '../support/raw-service.ts'
import { type Vendor, vendors } from '../support/vendors.ts'

const head = (body: string) =>
  `HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json;charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`

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

    /** The kinds of all failures, for each length that an answer can be cut to. */
    async function kindsOf(lengths: number, answerOf: (length: number) => void): Promise<Set<string>> {
      const kinds = new Set<string>()
      for (let length = 0; length < lengths; length++) {
        answerOf(length)
        kinds.add((await vendor.failure()).kind)
      }
      expect(service.asked).toBe(lengths)
      return kinds
    }

    test('is unknown wherever the connection is cut, and taken when nothing is missing', async () => {
      const whole = Buffer.from(head(vendor.taken) + vendor.taken)
      const cutTo = (length: number) => {
        service.answer = (line) => line.end(whole.subarray(0, length))
      }
      expect(await kindsOf(whole.length, cutTo)).toEqual(new Set(['unknown']))
      cutTo(whole.length)
      expect(await vendor.send()).toEqual({ providerMessageId: vendor.id })
    })

    test('is unknown wherever the body ends, with a length that says so or with the line', async () => {
      const body = Buffer.from(vendor.taken)
      const endAt = (length: number) => {
        const said = body.subarray(0, length).toString()
        service.answer = (line) => line.end(head(said) + said)
      }
      expect(await kindsOf(body.length, endAt)).toEqual(new Set(['unknown']))
      service.asked = 0
      const closeAt = (length: number) => {
        service.answer = (line) => line.end(`HTTP/1.0 200 OK\r\n\r\n${body.subarray(0, length)}`)
      }
      expect(await kindsOf(body.length, closeAt)).toEqual(new Set(['unknown']))
    })

    const html = '<html><head><title>No</title></head><body>No</body></html>'
    for (const [status, body, kind] of [
      [200, html, 'retry'],
      [302, html, 'retry'],
      [400, html, 'retry'],
      [403, html, 'retry'],
      [405, html, 'retry'],
      [429, html, 'retry'],
      [503, html, 'retry'],
      [500, html, 'unknown'],
      [502, html, 'unknown'],
      [504, html, 'unknown'],
      [520, html, 'unknown'],
      [200, '<h1>504 Gateway Time-out</h1>', 'unknown'],
      [503, '<h1>Bad gateway</h1>', 'unknown'],
      [200, '\uFEFF \r\n<?xml version="1.0"?><Error/>', 'retry'],
      [502, 'upstream connect error', 'unknown'],
      [503, 'upstream connect error or disconnect/reset before headers', 'unknown'],
      [302, '', 'unknown'],
      [204, '', 'unknown'],
      [502, '{"message":"no answer"}', 'unknown'],
      [500, '{}', 'unknown'],
      [503, '{}', 'retry'],
      [429, '{"message":"slow down"}', 'retry'],
    ] as const) {
      test(`is ${kind} for a ${status} of something on the way that says ${JSON.stringify(body.slice(0, 30))}`, async () => {
        service.answer = (line) =>
          line.end(`HTTP/1.1 ${status} x\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
        expect((await vendor.failure()).kind).toBe(kind)
      })
    }
  })
}

/** A mail server that takes every mail and then says no more than these bytes. */
async function mailServerThatSays(answer: () => string) {
  const server = createServer((line) => {
    let isContent = false
    line.on('error', () => line.destroy())
    line.write('220 mail.example\r\n')
    line.on('data', (piece) => {
      const said = piece.toString()
      if (isContent && said.endsWith('\r\n.\r\n')) return void line.end(answer())
      if (isContent) return
      isContent = /^DATA/i.test(said)
      line.write(isContent ? '354 go on\r\n' : '250 OK\r\n')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  return { server, port: typeof address === 'object' && address ? address.port : 0 }
}

test('a mail whose answer is cut off is unknown at every byte of an acceptance, and refused by a whole code only', async () => {
  let said = ''
  const { server, port } = await mailServerThatSays(() => said)
  const provider = smtp({ allow: ['127.0.0.1'] })
  const config = provider.config.parse({
    ...{ host: '127.0.0.1', port, encryption: 'none', username: '', password: '', fromAddress: 'a@shop.example' },
  }) as never
  const message = { subject: 'Code', html: '<p>771204</p>', text: '771204' } as never
  const kindAfter = async (answer: string) => {
    said = answer
    return provider.send(config, 'b@customer.example', message, { reference: 'one' }).then(
      () => 'sent',
      (error: SendError) => error.kind,
    )
  }
  const taken = '250 2.0.0 Ok: queued as 4bX1\r\n'
  for (let length = 0; length < taken.length - 1; length++)
    expect(await kindAfter(taken.slice(0, length))).toBe('unknown')
  expect(await kindAfter(taken)).toBe('sent')
  for (const fragment of ['5', '55', '550']) expect(await kindAfter(fragment)).toBe('unknown')
  expect(await kindAfter('554 5.7.1 no')).toBe('reject')
  await provider.close?.()
  server.close()
})
