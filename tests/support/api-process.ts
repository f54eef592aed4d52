/** The HTTP API as a process of its own, for tests that kill it: the web process without its pages, on PORT or a free one. */
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { compose } from '#platform/compose.ts'
import { readEnv } from '#platform/env.ts'
import { openLog } from '#platform/log.ts'
import { v1 } from '../../src/api/v1/app.ts'

const env = readEnv(process.env)
const parts = await compose(env, openLog('web', env.logLevel), { name: 'signet-web' })
serve(
  { fetch: v1(parts).fetch, port: process.env.PORT ? env.port : 0, hostname: '127.0.0.1' },
  ({ port }: AddressInfo) => process.send?.({ ready: port }),
)
process.on('disconnect', () => process.exit(0))
