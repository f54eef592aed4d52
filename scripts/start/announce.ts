/** What a person needs to know once everything runs. */
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { say } from '../steps/progress.ts'
import type { StartSettings } from './settings.ts'

type Sandbox = { email: string; password: string; apps: { key: string; liveKey: string }[] }

function readSandbox(dataDir: string): Sandbox | undefined {
  const file = join(dataDir, 'sandbox.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/**
 * Prints the address, the sign-in and a first call to try.
 * @param setUpLink where the first owner signs up, while there is none
 */
export function announce({ mode, dataDir, url, simulatorUrl }: StartSettings, setUpLink: string | undefined): void {
  const sandbox = mode === 'sandbox' ? readSandbox(dataDir) : undefined
  say()
  say(`Signet runs at ${url}`)
  say()
  if (sandbox) {
    say(`  Sign in   ${sandbox.email}   password ${sandbox.password}`)
    say(`  Inbox     ${simulatorUrl}   (everything that is sent arrives here, nowhere else)`)
    const key = sandbox.apps[0]?.liveKey
    const body = '{"channel":"email","scenario":"login","to":"you@example.com","variables":{"code":"123456"}}'
    say('  Send')
    say(`    curl ${url}/api/v1/messages -H 'Authorization: Bearer ${key}' \\`)
    say(`      -H 'Content-Type: application/json' -d '${body}'`)
  } else if (setUpLink) {
    say(`  Set it up at   ${setUpLink}`)
    say('  Nobody has signed up yet: who opens this link first becomes the owner.')
  }
  say()
  const logs = join(dataDir, 'logs')
  const fromHere = relative(process.cwd(), logs)
  say(`Ctrl-C stops it. Logs are in ${fromHere.startsWith('..') ? logs : fromHere || '.'}.`)
}
