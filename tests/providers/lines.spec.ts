/** The lines to a vendor where the vendor's own client makes the request. */

import http from 'node:http'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { Lines } from '#providers/lines.ts'
import { type RawService, startRaw } from '../support/raw-service.ts'
import { impatient } from '../support/vendors.ts'

let service: RawService
let lines: Lines
test.beforeEach(async () => {
  service = await startRaw()
  lines = new Lines(impatient)
})
test.afterEach(async () => {
  lines.close()
  await service.close()
})

/** A client that takes an agent and no other option, and keeps what it is answered. */
function client(heard: number[]) {
  return (agent: http.Agent) =>
    new Promise((resolve, reject) => {
      const request = http.request(service.url, { method: 'POST', agent }, (response) => {
        heard.push(response.statusCode ?? 0)
        response.on('end', () => resolve(undefined)).resume()
      })
      request.on('error', reject).end('{}')
    })
}

const said = (body: string | Buffer, more = '') => {
  service.answer = (line) => {
    line.write(`HTTP/1.1 200 OK\r\n${more}content-length: ${Buffer.byteLength(body)}\r\n\r\n`)
    line.write(body)
  }
}

test("a client that takes nothing but an agent has its request followed, over the provider's own kept lines", async () => {
  said('{"ok":true}')
  for (const alone of [false, true]) {
    const heard: number[] = []
    const reply = await lines.askBy(client(heard), { url: service.url, alone })
    expect(reply.object).toEqual({ ok: true })
    expect(heard).toEqual(alone ? [] : [200])
  }
  expect(service.asked).toBe(2)
})

test('a client that is not to hear of the answer unpacks nothing, however much is in it', async () => {
  said(gzipSync(Buffer.alloc(1_000_000)), 'content-encoding: gzip\r\n')
  const heard: number[] = []
  expect(await lines.askBy(client(heard), { url: service.url, alone: true })).toMatchObject({ object: undefined })
  expect(heard).toEqual([])
})

test('a client that makes no request has sent nothing', async () => {
  const asked = lines.askBy(() => Promise.reject(new Error('no')), { url: service.url, alone: true })
  await expect(asked).rejects.toMatchObject({ code: 'EREQUEST', reach: 'unsent' })
})
