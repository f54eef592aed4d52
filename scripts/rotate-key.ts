/**
 * Exchanges the master key while Signet runs. With a key file: makes a new key, which running processes take up by
 * themselves, and seals everything again with it. With SIGNET_MASTER_KEY: seals again what older keys sealed.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { resealAccounts } from '#domain/accounts/sender.ts'
import { resealMessages } from '#domain/messages/upkeep.ts'
import { compose } from '../src/compose.ts'
import { readEnv, readKeyFile } from '../src/env.ts'
import { openLog } from '../src/log.ts'
import { runningSettings } from './running-settings.ts'
import { explain } from './steps/refusal.ts'

/** Running processes read the key file again within a second. */
const takeUpMs = 1500

function addKey(path: string): void {
  const keys = [randomBytes(32).toString('base64'), ...readKeyFile(path)]
  writeFileSync(`${path}.new`, `${keys.join('\n')}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

async function main(): Promise<void> {
  const env = readEnv(runningSettings())
  if (env.keyFile) {
    addKey(env.keyFile)
    await wait(takeUpMs)
  }
  const parts = await compose(env, openLog('rotate-key', 'warn'), { name: 'signet-rotate-key', pool: 2 })
  const ctx = parts.contextFor({ kind: 'system', name: 'rotate-key' })
  const accounts = await resealAccounts(ctx)
  const messages = await resealMessages(ctx)
  await parts.close()
  process.stdout.write(
    `Sealed again with the new key: ${accounts} secrets of accounts, ${messages} codes of queued messages.\n`,
  )
  process.stdout.write(
    env.keyFile
      ? `The older keys stay in ${env.keyFile} (${readFileSync(env.keyFile, 'utf8').trim().split('\n').length - 1} of them): a backup of the database may need them.\n`
      : 'SIGNET_OLD_KEYS can be emptied now, unless a backup of the database may still need them.\n',
  )
}

try {
  await main()
  process.exit(0)
} catch (error) {
  explain(error)
  process.exit(1)
}
