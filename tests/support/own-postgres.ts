/**
 * A Postgres that a spec may kill: an embedded one of its own, or, where `TEST_CLUSTER` names one (`15/hostile`), a cluster of
 * this Debian, whose superuser's address is `TEST_CLUSTER_URL`.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { startDatabase } from '../../scripts/embedded-database.ts'

export type OwnPostgres = {
  url: string
  /** Of its superuser. */
  adminUrl: string
  /** Ends all connections and starts anew, as an update of the server does. */
  restart(): Promise<void>
  /** Kills the server's main process, and starts it anew. */
  kill(): Promise<void>
  remove(): Promise<void>
}

const silent = () => undefined
const run = promisify(execFile)

async function embedded(): Promise<OwnPostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'signet-own-'))
  let server = await startDatabase({ dataDir, log: silent, durable: true })
  const { port, url } = server
  const { password } = JSON.parse(readFileSync(join(dataDir, 'database.json'), 'utf8')) as { password: string }
  const again = async () => {
    server = await startDatabase({ dataDir, log: silent, durable: true, port })
  }
  return {
    url,
    adminUrl: `postgres://signet:${password}@127.0.0.1:${port}/postgres`,
    async restart() {
      await server.stop()
      await again()
    },
    async kill() {
      process.kill(server.pid, 'SIGKILL')
      await server.ended
      await again()
    },
    async remove() {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function outside(cluster: string, admin: string): Promise<OwnPostgres> {
  const [version = '', name = ''] = cluster.split('/')
  const ctl = (...given: string[]) => run('pg_ctlcluster', [version, name, ...given])
  const sql = async (text: string) => {
    const client = postgres(admin, { max: 1, onnotice: silent })
    await client.unsafe(text).finally(() => client.end())
  }
  const database = `outage_${process.pid}_${Date.now()}`
  await sql(`create database ${database}`)
  const url = new URL(admin)
  url.pathname = `/${database}`
  return {
    url: url.href,
    adminUrl: admin,
    restart: async () => void (await ctl('restart', '--', '-m', 'fast', '-w')),
    async kill() {
      const pid = Number(readFileSync(`/var/lib/postgresql/${cluster}/postmaster.pid`, 'utf8').split('\n')[0])
      process.kill(pid, 'SIGKILL')
      for (let tries = 0; ; tries++) {
        await wait(100)
        try {
          await ctl('start')
          return
        } catch (error) {
          // Its children hold the memory for a moment.
          if (tries > 100) throw error
        }
      }
    },
    remove: () => sql(`drop database if exists ${database} with (force)`),
  }
}

export function ownPostgres(): Promise<OwnPostgres> {
  const { TEST_CLUSTER, TEST_CLUSTER_URL } = process.env
  return TEST_CLUSTER && TEST_CLUSTER_URL ? outside(TEST_CLUSTER, TEST_CLUSTER_URL) : embedded()
}
