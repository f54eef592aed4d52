/** An error that nobody caught. */
import { once } from 'node:events'
import { test } from '../support/database.ts'
import { expect, masterKey } from '../support/make.ts'
import { start, untilReady } from '../support/running-signet.ts'

const failure = (how: string) => `data:text/javascript,process.once('SIGUSR2', () => { ${how} })`

for (const [what, how] of [
  ['thrown', "setImmediate(() => { throw new Error('out of reach') })"],
  ['of a promise', "Promise.reject(new Error('out of reach'))"],
] as const) {
  test(`a worker ends on an error that nobody caught, after it was logged: ${what}`, async ({ database }) => {
    const worker = start('src/worker.ts', {
      DATABASE_URL: database.url,
      SIGNET_MASTER_KEY: masterKey(7),
      LOG_LEVEL: 'error',
      NODE_OPTIONS: `--import="${failure(how)}"`,
    })
    await untilReady('worker', worker)
    const ended = once(worker.child, 'exit')
    worker.child.kill('SIGUSR2')
    expect(await ended).toEqual([1, null])
    expect(worker.output()).toContain('an error that nobody caught ends this process')
    expect(worker.output()).toContain('out of reach')
  })
}
