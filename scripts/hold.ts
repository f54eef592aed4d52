/** Holds sending until an owner or admin releases it in the console: for a copy of a database, before Signet starts on it. */
import { hold } from '#domain/base/holding.ts'
import { compose } from '#platform/compose.ts'
import { readEnv } from '#platform/env.ts'
import { openLog } from '#platform/log.ts'
import { migrate } from '../src/migrate.ts'
import { runningSettings } from './running-settings.ts'
import { explain } from './steps/refusal.ts'

try {
  const env = readEnv(runningSettings())
  await migrate(env.databaseUrl)
  const parts = await compose(env, openLog('hold', 'warn'), { name: 'signet-hold', pool: 1 })
  await hold(parts.contextFor({ kind: 'system', name: 'hold' }))
  await parts.close()
  process.stdout.write('Sending is held. An owner or admin releases it in the console.\n')
  process.exit(0)
} catch (error) {
  explain(error)
  process.exit(1)
}
