/** Calls to addresses that Apps name, over real lines. */
import { createServer } from 'node:net'
import type { Resolve } from '#providers/addresses.ts'
import { readAllowList } from '#providers/addresses.ts'
import { openPost, type Post } from '#providers/posting.ts'
import { test as base, expect } from '../support/database.ts'
import { receiver } from '../support/webhook-stage.ts'

const here = readAllowList(['127.0.0.1'])
const nowhere = readAllowList([])
const { signal } = new AbortController()
const call = (url: string): Parameters<Post>[0] => ({ url, headers: { 'webhook-id': 'one' }, body: '{"a":1}', signal })

const test = base.extend<{ there: Awaited<ReturnType<typeof receiver>> }>({
  there: async ({ database: _ }, use) => {
    const there = await receiver()
    await use(there)
    await there.close()
  },
})

test('a body arrives as it is, and the beginning of the answer is kept', async ({ there }) => {
  const { post, close } = openPost(here)
  there.state.text = `${'é'.repeat(2000)}\0`
  there.state.headers = { 'retry-after': '120' }
  expect(await post(call(there.url))).toEqual({ status: 200, retryAfter: 120, text: 'é'.repeat(500) })
  expect(there.calls).toMatchObject([{ body: '{"a":1}', headers: { 'webhook-id': 'one', 'content-length': '7' } }])
  close()
})

test('no answer leads anywhere else', async ({ there }) => {
  const { post, close } = openPost(here)
  there.state.status = 307
  there.state.headers = { location: there.url }
  expect(await post(call(there.url))).toMatchObject({ status: 307 })
  expect(there.calls).toHaveLength(1)
  close()
})

test('of an answer without an end no more is read than is kept', async ({ there }) => {
  const { post, close } = openPost(here)
  there.state.text = 'x'.repeat(5_000_000)
  expect(await post(call(there.url))).toMatchObject({ status: 200, text: 'x'.repeat(500) })
  close()
})

for (const host of [
  '127.0.0.1',
  '[::1]',
  '0x7f.1',
  '2130706433',
  '10.0.0.8',
  '169.254.169.254',
  '[::ffff:127.0.0.1]',
]) {
  test(`an address of the inside is refused unless the operator allowed it: ${host}`, async ({ there }) => {
    const { post, close } = openPost(nowhere)
    const url = there.url.replace('127.0.0.1', host)
    await expect(post(call(url))).rejects.toMatchObject({ code: 'address_refused' })
    expect(there.calls).toHaveLength(0)
    close()
  })
}

test('where nothing may leave, public addresses are refused as well', async ({ there }) => {
  const resolve: Resolve = async () => [{ address: '203.0.114.7', family: 4 }]
  const { post, close } = openPost({ ...here, only: true }, { resolve })
  await expect(post(call('https://hooks.example.com/'))).rejects.toMatchObject({ code: 'address_refused' })
  expect(await post(call(there.url))).toMatchObject({ status: 200 })
  close()
})

test('a name counts by what it resolves to as the line is opened', async ({ there }) => {
  const url = there.url.replace('127.0.0.1', 'hooks.example.com')
  const resolves =
    (address: string): Resolve =>
    async () => [{ address, family: 4 }]
  const refusing = openPost(nowhere, { resolve: resolves('127.0.0.1') })
  await expect(refusing.post(call(url))).rejects.toMatchObject({ code: 'address_refused' })
  const allowing = openPost(here, { resolve: resolves('127.0.0.1') })
  expect(await allowing.post(call(url))).toMatchObject({ status: 200 })
  expect(there.calls).toHaveLength(1)
  refusing.close()
  allowing.close()
})

test('who does not answer, speaks no TLS or is not there is told apart', async ({ there }) => {
  const silent = createServer((socket) => socket.resume().on('error', () => socket.destroy()))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { post, close } = openPost(here, { patience: 300 })
  await expect(post(call(`http://127.0.0.1:${port}/`))).rejects.toMatchObject({ code: 'timed_out' })
  await expect(post(call(there.url.replace('http:', 'https:')))).rejects.toMatchObject({ code: 'tls_failed' })
  await new Promise((resolve) => silent.close(resolve))
  await expect(post(call(`http://127.0.0.1:${port}/`))).rejects.toMatchObject({ code: 'no_connection' })
  close()
})

test('what is not encrypted goes only where the operator allowed it', async ({ there }) => {
  const resolve: Resolve = async () => [{ address: '203.0.114.7', family: 4 }]
  const { post, close } = openPost(here, { resolve })
  for (const url of ['http://hooks/', 'http://203.0.114.7/', 'http://[::ffff:203.0.114.7]/']) {
    await expect(post(call(url))).rejects.toMatchObject({ code: 'address_refused' })
  }
  expect(await post(call(there.url))).toMatchObject({ status: 200 })
  close()
})
