/** The metrics of a worker, which has no other address: on a port of their own, for who shows the token. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { freshDatabase } from '../support/database.ts'
import { environmentWith } from '../support/environment.ts'
import { masterKey, metricsToken } from '../support/make.ts'
import { freePort } from '../support/running-signet.ts'

test('a worker serves its metrics, and stops as quickly as without', async () => {
  const [database, port] = await Promise.all([freshDatabase(), freePort()])
  const child = fork(fileURLToPath(new URL('../../src/worker.ts', import.meta.url)), {
    env: environmentWith({
      ...{ DATABASE_URL: database.url, SIGNET_MASTER_KEY: masterKey(7), LOG_LEVEL: 'silent', HOST: '127.0.0.1' },
      ...{ SIGNET_METRICS_TOKEN: metricsToken, SIGNET_WORKER_METRICS_PORT: String(port) },
    }),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  })
  try {
    await once(child, 'message')
    const ask = (path: string, headers = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers })
    const headers = { authorization: `Bearer ${metricsToken}` }
    await expect.poll(() => ask('/api/metrics', headers).then(({ status }) => status, String)).toBe(200)
    expect(await (await ask('/api/metrics', headers)).text()).toContain('signet_messages_finished_total')
    expect((await ask('/api/metrics')).status).toBe(401)
    expect((await ask('/', headers)).status).toBe(404)
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
  } finally {
    child.kill('SIGKILL')
    await database.drop()
  }
})
