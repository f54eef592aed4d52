/**
 * Prepares a database for web and worker: migrates it, and fills it with the sample organization in the sandbox. Run by
 * itself it migrates the database of DATABASE_URL; a start loads it early and sends `go` once the database is there.
 */
import type { SandboxPlace } from './sandbox.ts'
import { codeOf, explain, Refusal } from './steps/refusal.ts'

/** What a start sends: with `sandbox`, the sample organization is made as well. */
export type Go = { databaseUrl: string; sandbox?: SandboxPlace }

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'its host is not known',
  EAI_AGAIN: 'its host is not known',
  CONNECT_TIMEOUT: 'it does not answer',
  ETIMEDOUT: 'it does not answer',
  '28P01': 'it refuses the user or the password',
  '28000': 'it refuses the user',
  '3D000': 'it has no database of that name',
  '42501': 'its user may not create tables there',
}

/** The database's own error beneath what the libraries made of it. */
const rootOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? rootOf(error.cause) : error

/** Why a database cannot be used, as a sentence; what the database said where that is all there is to tell. */
function refusalOf(failure: unknown): unknown {
  const error = rootOf(failure)
  const code = codeOf(error)
  if (reasons[code]) return new Refusal(`The database named by DATABASE_URL cannot be used: ${reasons[code]}.`)
  // Five characters: a code of Postgres. Anything else is a fault of the program.
  if (!(error instanceof Error) || !/^[0-9A-Z]{5}$/.test(code)) return failure
  return new Refusal(`The database could not be brought to this version. It says: ${error.message} (${code}).`)
}

function receiveGo(): Promise<Go> {
  return new Promise((done) => process.once('message', (message) => done(message as Go)))
}

async function main(): Promise<void> {
  const isChild = process.send !== undefined
  const going = isChild && process.argv[2] === 'wait' ? receiveGo() : undefined
  process.on('disconnect', () => process.exit(0))
  const { migrate } = await import('#migrate.ts')
  const sandboxed = process.env.SIGNET_SANDBOX === 'on' ? import('./sandbox.ts') : undefined
  const go: Go = await (going ?? { databaseUrl: process.env.DATABASE_URL ?? '' })
  process.env.DATABASE_URL = go.databaseUrl
  if (!go.databaseUrl) throw new Refusal('The setting DATABASE_URL is missing.')
  await migrate(go.databaseUrl).catch((error: unknown) => {
    throw refusalOf(error)
  })
  if (go.sandbox) await (await sandboxed)?.seedSandbox(go.sandbox)
}

try {
  await main()
  process.exit(0)
} catch (error) {
  explain(error)
  process.exit(1)
}
