/** The HTTP API as a process of its own, for tests that kill it: the web process without its pages, on a free port. */
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { v1 } from '../../src/api/v1/app.ts'
import { compose } from '../../src/compose.ts'
import { readEnv } from '../../src/env.ts'
import { openLog } from '../../src/log.ts'

const env = readEnv(process.env)
const parts = await compose(env, openLog('web', env.logLevel), { name: 'signet-web' })
serve({ fetch: v1(parts).fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) =>
  process.send?.({ ready: port }),
)
process.on('disconnect', () => process.exit(0))
