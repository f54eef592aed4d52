/**
 * Exchanges the master key while Signet runs. With a key file: makes a new key, which running processes take up by
 * themselves, and seals everything again with it. With SIGNET_MASTER_KEY: seals again what older keys sealed.
 */
import { randomBytes } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { type Resealed, resealAccounts } from '#domain/accounts/keeping-secrets.ts'
import { resealMessages } from '#domain/sending/deliver/upkeep.ts'
import { resealEndpoints } from '#domain/webhooks/endpoints.ts'
import { compose } from '#platform/compose.ts'
import { readEnv, readKeyFile } from '#platform/env.ts'
import { openLog } from '#platform/log.ts'
import { runningSettings } from './running-settings.ts'
import { explain } from './steps/refusal.ts'

/** Running processes read the key file again within a second. */
const takeUpMs = 1500

function addKey(path: string): void {
  const keys = [randomBytes(32).toString('base64'), ...readKeyFile(path)]
  writeFileSync(`${path}.new`, `${keys.join('\n')}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

type Unreadable = {
  accounts: Resealed['unreadable']
  messages: number
  endpoints: { organization: string; url: string }[]
}

function sayUnreadable({ accounts, messages, endpoints }: Unreadable, keysAt: string): void {
  const lines = [
    ...accounts.map(({ organization, account, field }) => `  the ${field} of the account ${account} (${organization})`),
    ...(messages > 0 ? [`  the codes of ${messages} queued messages`] : []),
    ...endpoints.map(
      ({ organization, url }) =>
        `  the secret of the webhook ${url} (${organization}): make another one in the console`,
    ),
  ]
  process.stderr.write(
    `These could not be opened, because the master key that sealed them is not at hand or they were changed in the database:
${lines.join('\n')}
Add that key to ${keysAt} and run this again, or enter the secrets of the accounts again in the console.\n`,
  )
}

/** Resolves to whether everything could be opened. */
async function main(): Promise<boolean> {
  const env = readEnv(runningSettings())
  if (env.keyFile) {
    addKey(env.keyFile)
    await wait(takeUpMs)
  }
  const parts = await compose(env, openLog('rotate-key', 'warn'), { name: 'signet-rotate-key', pool: 2 })
  const ctx = parts.contextFor({ kind: 'system', name: 'rotate-key' })
  const accounts = await resealAccounts(ctx)
  const messages = await resealMessages(ctx)
  const endpoints = await resealEndpoints(ctx)
  await parts.close()
  process.stdout.write(
    `Sealed again with the new key: ${accounts.count} secrets of accounts, ${messages.count} codes of queued messages, ${endpoints.count} secrets of webhooks.\n`,
  )
  if (env.keyFile) {
    const older = readKeyFile(env.keyFile).length - 1
    process.stdout.write(
      `The older keys stay in ${env.keyFile} (${older} of them): a backup of the database may need them.\n`,
    )
  }
  const isWhole = accounts.unreadable.length + messages.unreadable + endpoints.unreadable.length === 0
  if (!isWhole)
    sayUnreadable(
      { accounts: accounts.unreadable, messages: messages.unreadable, endpoints: endpoints.unreadable },
      env.keyFile ?? 'SIGNET_OLD_KEYS',
    )
  else if (!env.keyFile) {
    process.stdout.write('SIGNET_OLD_KEYS can be emptied now, unless a backup of the database may still need them.\n')
  }
  return isWhole
}

try {
  process.exit((await main()) ? 0 : 1)
} catch (error) {
  explain(error)
  process.exit(1)
}
