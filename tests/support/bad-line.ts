/** A TCP proxy before the database that misbehaves as networks do: it swallows bytes, keeps half of a connection, is slow. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** What becomes of bytes: `up` are those towards the server. */
export type Trouble = 'none' | 'up is silent' | 'down is silent' | 'both are silent' | 'slow'

export type BadLine = {
  /** The address of the database through it. */
  url: string
  /** How many connections there have been. */
  connections(): number
  /** Of all connections from now on, or only of those that are open. */
  trouble(which: Trouble, whose?: 'all' | 'open'): void
  /** Ends the server's half of every open connection and leaves the client in the belief that all is well. */
  loseServer(): void
  /** Breaks every open connection. */
  cut(): void
  close(): Promise<void>
}

/** What has swallowed bytes passes no more: TCP loses none in the middle and goes on. */
type Line = { client: Socket; server: Socket; trouble: Trouble | undefined; isLost: boolean; isDead: boolean }

const slowMs = 40

/** @param databaseUrl of a database on 127.0.0.1 */
export async function badLine(databaseUrl: string): Promise<BadLine> {
  const url = new URL(databaseUrl)
  const port = Number(url.port)
  const lines = new Set<Line>()
  const sockets = new Set<Socket>()
  let troubleOfAll: Trouble = 'none'
  let count = 0

  const pass = (line: Line, from: Socket, to: Socket, isSilent: (trouble: Trouble) => boolean) => {
    from.on('data', (bytes) => {
      const trouble = line.trouble ?? troubleOfAll
      if (isSilent(trouble) || trouble === 'both are silent') line.isDead = true
      if (line.isDead || line.isLost) return
      if (trouble === 'slow') setTimeout(() => to.writable && to.write(bytes), slowMs)
      else to.write(bytes)
    })
    from.on('error', () => undefined)
    sockets.add(from)
    from.on('close', () => {
      sockets.delete(from)
      if (line.isLost && from === line.server) return
      // An end does not get through either, where nothing does.
      if (!line.isDead || from === line.server) to.destroy()
      lines.delete(line)
    })
  }
  const proxy = createServer((client) => {
    count += 1
    const server = connect(port, '127.0.0.1')
    const line: Line = { client, server, trouble: undefined, isLost: false, isDead: false }
    lines.add(line)
    pass(line, client, server, (trouble) => trouble === 'up is silent')
    pass(line, server, client, (trouble) => trouble === 'down is silent')
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  url.port = String(typeof address === 'object' && address ? address.port : 0)

  const cut = () => {
    for (const { client, server } of lines) for (const socket of [client, server]) socket.destroy()
    lines.clear()
  }
  return {
    url: url.href,
    connections: () => count,
    trouble(which, whose = 'all') {
      if (whose === 'all') troubleOfAll = which
      for (const line of lines) line.trouble = whose === 'all' ? undefined : which
    },
    loseServer() {
      for (const line of lines) {
        line.isLost = true
        line.server.destroy()
      }
    },
    cut,
    async close() {
      for (const socket of sockets) socket.destroy()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
