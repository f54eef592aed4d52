/** Nodes of a Postgres cluster that Patroni looks after: each its agent and its server, killed together as a machine fails. */
import { readFileSync } from 'node:fs'
import { freePort } from '../../tests/support/running-signet.ts'
import { signal } from '../steps/processes.ts'
import { type Folder, type Service, startService } from './services.ts'

export const patroni = '/usr/bin/patroni'
/** Of the newest that Debian has here. */
export const binaries = '/usr/lib/postgresql/15/bin'

export const superuser = { username: 'postgres', password: 'soak' }
const replicator = { username: 'replicator', password: 'soak' }

export type Node = {
  name: string
  /** Of the agent, which says whether its server is the primary. */
  api: string
  port: number
  start(): void
  /** The server's main process. */
  server(): number
  /** Ends agent and server at once. */
  kill(): Promise<void>
  /** Holds the agent, not the server: it looks to the others as if the machine had gone. */
  freeze(): void
  thaw(): void
  stop(): Promise<void>
}

/** A commit waits until a standby has it, and only a standby that has all commits becomes the primary. */
const shared = {
  ttl: 20,
  loop_wait: 2,
  retry_timeout: 5,
  synchronous_mode: true,
  primary_start_timeout: 0,
  postgresql: {
    use_pg_rewind: true,
    parameters: { max_connections: 150, shared_buffers: '64MB', wal_keep_size: '512MB', wal_log_hints: 'on' },
  },
}

const hba = [
  'local all all trust',
  'host all all 127.0.0.1/32 scram-sha-256',
  'host replication all 127.0.0.1/32 scram-sha-256',
]

export async function makeNode(folder: Folder, name: string, etcdPort: number): Promise<Node> {
  const [port, apiPort] = [await freePort(), await freePort()]
  const data = folder.make(name)
  const config = {
    ...{ scope: 'signet', name },
    restapi: { listen: `127.0.0.1:${apiPort}`, connect_address: `127.0.0.1:${apiPort}` },
    etcd3: { host: `127.0.0.1:${etcdPort}` },
    bootstrap: { dcs: shared, initdb: [{ encoding: 'UTF8' }, { locale: 'C.UTF-8' }, 'data-checksums'] },
    postgresql: {
      ...{ listen: `127.0.0.1:${port}`, connect_address: `127.0.0.1:${port}`, bin_dir: binaries },
      ...{ data_dir: `${data}/data`, pg_hba: hba, pgpass: `${data}/pgpass` },
      authentication: { superuser, replication: replicator, rewind: superuser },
      parameters: { unix_socket_directories: data },
    },
  }
  // JSON is YAML.
  const file = folder.write(`${name}.yml`, JSON.stringify(config))
  let agent: Service | undefined
  const server = () => Number(readFileSync(`${data}/data/postmaster.pid`, 'utf8').split('\n')[0])
  return {
    ...{ name, port, api: `http://127.0.0.1:${apiPort}`, server },
    start() {
      agent = startService(folder, name, patroni, [file])
    },
    async kill() {
      await agent?.stop('SIGKILL')
      signal(server(), 'SIGKILL')
    },
    freeze: () => void agent?.signal('SIGSTOP'),
    thaw: () => void agent?.signal('SIGCONT'),
    // The agent stops its server, too.
    stop: async () => agent?.stop(),
  }
}
