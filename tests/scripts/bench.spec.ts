/** The parts of a measurement end, with an answer or an error, whatever the other side does. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { message } from '#db/schema/index.ts'
import { Arrivals } from '../../scripts/bench/arrivals.ts'
import { type Child, startChild } from '../../scripts/bench/child.ts'
import type { Load, Loaded } from '../../scripts/bench/load.ts'
import { emptyQueue } from '../../scripts/bench/stage.ts'
import { percentile } from '../../scripts/bench/statistics.ts'
import { expect, test } from '../support/make.ts'

let generator: Child
let server: Server
test.beforeEach(async () => {
  generator = await startChild('scripts/bench/load.ts')
  server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
test.afterEach(async () => {
  await generator.stop()
  server.closeAllConnections()
  server.close()
})

const load = (more: Partial<Load>): Load => ({
  ...{ port: (server.address() as AddressInfo).port, connections: 2, seconds: 1, rate: 4, expect: 200 },
  head: 'GET / HTTP/1.1\r\nhost: localhost\r\n',
  ...more,
})

test('a load goes on over a new connection when the server has closed one that rested', async () => {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const held: ServerResponse[] = []
  let count = 0
  server.on('request', (request, response) => {
    count += 1
    if (count === 1) {
      // The one that rests is gone before the answer that lets the load go on.
      const others = [...sockets].filter((socket) => socket !== request.socket)
      const gone = others.map((socket) => new Promise((done) => socket.end().once('close', done)))
      Promise.all(gone).then(() => response.end('ok'))
      return
    }
    // The second and the third take both connections at the same time.
    held.push(response)
    if (count >= 3) for (const waiting of held.splice(0)) waiting.end('ok')
  })
  const loaded = await generator.ask<Loaded>('run', load({}))
  expect(loaded.requests).toBe(4)
})

for (const rate of [20, undefined]) {
  test(`a load ${rate ? 'at an even pace' : 'at full speed'} fails when the server leaves it without an answer`, async () => {
    server.on('request', (request) => request.socket.destroy())
    await expect(generator.ask('run', load({ rate }))).rejects.toThrow(/closed a connection/)
  })
}

test('a question to a process that has ended is an error', async () => {
  await generator.stop()
  await expect(generator.ask('run', load({}))).rejects.toThrow(/cannot be asked/)
})

test('a message that never arrives at the sink is an error, and one that arrives is answered with its time', async () => {
  const arrivals = new Arrivals(100)
  const first = arrivals.questions.arrival(1)
  arrivals.note('a')
  expect(await first).toBeGreaterThan(0)
  await expect(arrivals.questions.arrival(2)).rejects.toThrow('Only 1 messages arrived')
})

test('a round in which a message did not arrive, or nothing was answered, fails its measurement', async () => {
  const arrivals = new Arrivals(200)
  arrivals.note('a')
  expect(await arrivals.questions.arrivalsOf(['a'])).toHaveLength(1)
  await expect(arrivals.questions.arrivalsOf(['a', 'b', 'c'])).rejects.toThrow('2 of 3 messages did not arrive')
  for (const values of [[], [1, Number.NaN], [Number.POSITIVE_INFINITY]]) {
    expect(() => percentile(values, 1)).toThrow('without an answer')
  }
})

test('a measurement begins with nothing that an earlier one left to be sent', async ({ stage }) => {
  const { asApp } = await stage.ready()
  await stage.sendAlarm(asApp)
  await emptyQueue(stage.db)
  expect(await stage.takeDue()).toEqual([])
  expect(await stage.db.$count(message)).toBe(0)
})
