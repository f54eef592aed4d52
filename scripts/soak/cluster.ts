/** Three Postgres servers by Patroni with synchronous replication, etcd, and HAProxy that leads to the primary and to the webs. */
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { freePort } from '../../tests/support/running-signet.ts'
import { endingConnections, type SoakDatabase, type Trouble } from './database.ts'
import { haproxy, startProxy } from './haproxy.ts'
import { binaries, makeNode, type Node, patroni, superuser } from './patroni.ts'
import { pick, type Random } from './random.ts'
import { needPrograms, openFolder, startService, untilAnswer } from './services.ts'

const etcd = '/usr/bin/etcd'
const packages = {
  [patroni]: 'patroni',
  [etcd]: 'etcd-server',
  [haproxy]: 'haproxy',
  [`${binaries}/postgres`]: 'postgresql',
}

/** How long a node stays away, at most, in milliseconds. */
const away = 15_000

async function isPrimary({ api }: Node): Promise<boolean> {
  const answer = await fetch(`${api}/primary`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined)
  return answer?.status === 200
}

async function primaryOf(nodes: readonly Node[]): Promise<Node | undefined> {
  const are = await Promise.all(nodes.map(isPrimary))
  return nodes[are.indexOf(true)]
}

type Member = { role: string; state: string; timeline?: number; lag?: number | string }

/** What a standby may be behind, in bytes. */
const closeBy = 1024 ** 2

/**
 * True while every node follows the primary, and one has every commit. One that was only just brought back may count itself
 * ahead of all others, and then Patroni lets nobody be the primary.
 */
async function isWhole(node: Node): Promise<true | undefined> {
  const answer = await fetch(`${node.api}/cluster`)
  const { members } = (await answer.json()) as { members: Member[] }
  const timeline = members.find(({ role }) => role === 'leader')?.timeline
  const follows = ({ role, state, ...member }: Member) =>
    role === 'leader' ||
    (['running', 'streaming'].includes(state) && member.timeline === timeline && Number(member.lag) < closeBy)
  const isSafe = members.some(({ role }) => role === 'sync_standby')
  return (members.length === 3 && isSafe && members.every(follows)) || undefined
}

function troublesOf(nodes: readonly Node[], url: string, random: Random): Trouble[] {
  const current = () => untilAnswer('There was no primary', () => primaryOf(nodes))
  const ready = async () => {
    const primary = await primaryOf(nodes)
    return primary ? (await isWhole(primary).catch(() => undefined)) === true : false
  }
  return [
    endingConnections(url, random),
    {
      ready,
      what: 'the primary is killed with its agent',
      async make() {
        const primary = await current()
        await primary.kill()
        await untilAnswer('No other became the primary', () => primaryOf(nodes))
        await wait(random() * away)
        primary.start()
      },
    },
    {
      ready,
      what: 'a standby is killed with its agent',
      async make() {
        const primary = await current()
        const standby = pick(
          random,
          nodes.filter((node) => node !== primary),
        )
        await standby.kill()
        await wait(random() * away)
        standby.start()
      },
    },
    {
      ready,
      what: 'another becomes the primary, in order',
      async make() {
        const { api, name } = await current()
        await fetch(`${api}/switchover`, { method: 'POST', body: JSON.stringify({ leader: name }) })
      },
    },
    {
      ready,
      what: "the primary's agent falls silent",
      async make() {
        const primary = await current()
        primary.freeze()
        await untilAnswer('No other became the primary', () => primaryOf(nodes.filter((node) => node !== primary)))
        primary.thaw()
      },
    },
  ]
}

/** @throws Refusal where a program is missing */
export async function clusterDatabase(random: Random): Promise<SoakDatabase> {
  needPrograms(packages)
  const folder = openFolder()
  const ending: (() => unknown)[] = [folder.remove]
  const remove = async () => {
    for (const end of ending.splice(0).reverse()) await end()
  }
  try {
    const [port, etcdPort, peerPort] = [await freePort(), await freePort(), await freePort()]
    const [clients, peers] = [`http://127.0.0.1:${etcdPort}`, `http://127.0.0.1:${peerPort}`]
    const store = startService(folder, 'etcd', etcd, [
      ...['--data-dir', folder.make('etcd'), '--listen-client-urls', clients, '--advertise-client-urls', clients],
      ...['--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers, '--initial-cluster', `default=${peers}`],
    ])
    ending.push(() => store.stop())
    const nodes: Node[] = []
    for (const name of ['node1', 'node2', 'node3']) nodes.push(await makeNode(folder, name, etcdPort))
    ending.push(() => Promise.all(nodes.map((node) => node.stop())))
    for (const node of nodes) node.start()
    const servers = nodes.map((node) => ({ port: node.port, asked: Number(new URL(node.api).port) }))
    const proxy = startProxy(folder, { name: 'postgres', port, mode: 'tcp', ask: '/primary', servers })
    ending.push(() => proxy.stop())
    const primary = await untilAnswer('There was no primary', () => primaryOf(nodes), 180_000)
    await untilAnswer('Not every node followed', () => isWhole(primary), 180_000)
    const adminUrl = `postgres://${superuser.username}:${superuser.password}@127.0.0.1:${port}/postgres`
    await untilAnswer('The cluster took no connection', () => makeDatabase(adminUrl))
    const url = `postgres://signet:soak@127.0.0.1:${port}/signet`
    const balance = async (ports: readonly number[]) => {
      const webPort = await freePort()
      const webs = ports.map((web) => ({ port: web }))
      const front = startProxy(folder, { name: 'web', port: webPort, mode: 'http', ask: '/api/health', servers: webs })
      ending.push(() => front.stop())
      return `http://127.0.0.1:${webPort}`
    }
    return { url, settings: {}, troubles: troublesOf(nodes, url, random), balance, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function makeDatabase(adminUrl: string): Promise<true> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined })
  try {
    await sql`drop database if exists signet`
    await sql`drop role if exists signet`
    await sql`create role signet login password 'soak'`
    await sql`create database signet owner signet`
    return true
  } finally {
    await sql.end()
  }
}
