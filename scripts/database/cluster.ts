/** Makes a new Postgres cluster; a crash on the way leaves none rather than half of one. */
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../steps/refusal.ts'
import { lastLines, run } from '../steps/run.ts'
import { program } from './binaries.ts'
import type { Home } from './home.ts'

export const superuser = 'signet'

/** What a failed Postgres program said, as a sentence. */
export function explainFailure(what: string, home: string, said: string): Refusal {
  if (/no space left on device/i.test(said)) {
    return new Refusal(`There is no space left on the disk that holds ${home}.`)
  }
  if (/permission denied|read-only file system/i.test(said)) {
    return new Refusal(`${what}: ${home} cannot be written.\n${lastLines(said, 5)}`)
  }
  if (/incompatible with server/i.test(said)) {
    return new Refusal(`The database in ${home} was made by another version of Postgres.\n${lastLines(said, 5)}`)
  }
  return new Refusal(`${what}.\n${lastLines(said, 12)}`)
}

/** Makes the cluster of `home` unless there is one. Text sorts and folds alike on every system (builtin C.UTF-8). */
export async function ensureCluster(home: Home, binaries: string): Promise<void> {
  if (existsSync(home.cluster)) return
  const unfinished = `${home.cluster}.unfinished`
  const passwordFile = join(home.home, 'password')
  rmSync(unfinished, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  try {
    writeFileSync(passwordFile, `${home.password}\n`, { mode: 0o600 })
    if (home.account) chownSync(passwordFile, home.account.uid, home.account.gid)
    const { code, output } = await run(
      program(binaries, 'initdb'),
      [
        `--pgdata=${unfinished}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      { ...home.account, cwd: home.home, env: serverEnvironment() },
    )
    if (code !== 0) throw explainFailure('The database could not be made', home.home, output)
    renameSync(unfinished, home.cluster)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** What a Postgres program needs of the environment, and its messages in English, which we read. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TMPDIR } = process.env
  return {
    PATH,
    ...(SystemRoot && { SystemRoot }),
    ...(TMPDIR && { TMPDIR }),
    LC_ALL: 'C',
    TZ: 'UTC',
    NODE_ENV: 'production',
  }
}
