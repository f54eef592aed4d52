/** The settings that the processes of a running start have, for commands that work beside them. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Remembered } from './database/home.ts'
import { databaseUrl } from './database/role.ts'
import { loadSettingsFile, readStartSettings } from './start/settings.ts'
import { Refusal } from './steps/refusal.ts'

/** @throws Refusal when the embedded database has never been started, SettingsError when a setting is wrong */
export function runningSettings(): NodeJS.ProcessEnv {
  loadSettingsFile()
  const { mode, dataDir, keyFile } = readStartSettings(process.env)
  if (mode === 'outside') return process.env
  const file = join(dataDir, 'database.json')
  if (!existsSync(file)) throw new Refusal('There is no embedded database yet: run npm start first.')
  const { port = 0, ...remembered } = JSON.parse(readFileSync(file, 'utf8')) as Remembered
  const keys = process.env.SIGNET_MASTER_KEY ? {} : { SIGNET_KEY_FILE: keyFile }
  return {
    ...process.env,
    ...keys,
    SIGNET_SANDBOX: 'off',
    DATABASE_URL: databaseUrl(remembered, port),
  }
}
