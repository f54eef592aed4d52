/** The web process stops without cutting anybody off. */
import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { drainingServer } from '#platform/draining.ts'

async function ask(port: number, agent?: Agent, path = '/'): Promise<IncomingMessage> {
  const [response] = (await once(get({ port, agent, path, host: '127.0.0.1' }), 'response')) as [IncomingMessage]
  response.resume()
  await once(response, 'end')
  return response
}

test('an answer that is given while the server stops ends its connection, and is given whole', async () => {
  let answer: () => void = () => undefined
  let asked = 0
  const { server, drain } = drainingServer({ keepAliveTimeout: 20_000 }, (_, response) => {
    asked++
    if (asked === 1) response.end('first')
    else answer = () => response.end('late')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true })
  expect((await ask(port, agent)).headers.connection).toBe('keep-alive')
  const late = ask(port, agent)
  await expect.poll(() => asked).toBe(2)
  const drained = drain()
  answer()
  expect((await late).headers.connection).toBe('close')
  await drained
  await expect(ask(port, agent)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  agent.destroy()
})

test('a proxy is told first: the server is not ready any more, and answers until the proxy has noticed', async () => {
  const { server, drain } = drainingServer({}, (_, response) => response.end('answer'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const statusOf = async (path: string) => (await ask(port, undefined, path)).statusCode
  expect(await statusOf('/api/ready')).toBe(200)
  const drained = drain(1000)
  expect(await statusOf('/api/ready')).toBe(503)
  const answer = await ask(port)
  expect([answer.statusCode, answer.headers.connection]).toEqual([200, 'close'])
  await drained
  await expect(ask(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
