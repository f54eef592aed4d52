/** HAProxy in front of something: connections go to whoever says of itself that it may be asked. */
import { type Folder, startService } from './services.ts'

export const haproxy = '/usr/sbin/haproxy'

type Server = { port: number /** Where it says so, when elsewhere. */; asked?: number }
type Front = { name: string; port: number; mode: 'tcp' | 'http'; ask: string; servers: readonly Server[] }

/** Starts it for one port. A server that is not to be asked any more loses its connections. */
export function startProxy(folder: Folder, { name, port, mode, ask, servers }: Front) {
  const config = `
defaults
  mode ${mode}
  timeout connect 2s
  timeout check 3s
  timeout client 30m
  timeout server 30m
listen ${name}
  bind 127.0.0.1:${port}
  option httpchk
  http-check send meth GET uri ${ask} ver HTTP/1.1 hdr Host 127.0.0.1:${port}
  http-check expect status 200
  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
${servers.map((server, n) => `  server s${n} 127.0.0.1:${server.port} check port ${server.asked ?? server.port}`).join('\n')}
`
  return startService(folder, `haproxy-${name}`, haproxy, ['-db', '-f', folder.write(`haproxy-${name}.cfg`, config)])
}
