/** The provider simulator: a separate program that answers like the vendors do, and shows what they were given. */
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadCertificates } from './certificates.ts'
import { controlRoutes } from './control.ts'
import { FaultFile } from './fault-file.ts'
import { Faults } from './faults.ts'
import { createHttpServer } from './http.ts'
import { deliveryLine, Inbox } from './inbox.ts'
import { Journal } from './journal.ts'
import { pageRoutes } from './pages.ts'
import { readSettings, type Settings, SettingsError } from './settings.ts'
import { createSmtpListener, emailChannel } from './smtp.ts'
import { vendors } from './vendors.ts'

/** A reason not to start that a person can mend; its message is the whole of what they need. */
class StartError extends Error {}

/** Turns a refused port into a sentence that names it. */
async function onPort<T>(port: number, setting: string, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EADDRINUSE') {
      throw new StartError(`Port ${port} is in use: stop the program that uses it, or set ${setting} to another.`)
    }
    if (code === 'EACCES') throw new StartError(`Port ${port} may not be used by this user: set ${setting} to another.`)
    throw error
  }
}

async function listenHttp(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** Certificates and everything kept; a folder that cannot be used is the person's to mend. */
async function openData(settings: Settings) {
  const { data, max } = settings
  try {
    await mkdir(data, { recursive: true, mode: 0o700 })
    const certificates = await loadCertificates(data)
    const journal = new Journal(data, 'inbox', deliveryLine)
    const inbox = new Inbox(journal, max)
    inbox.restore(await journal.load())
    const opened = await Promise.all(Object.values(vendors).map((open) => open(settings)))
    return { certificates, journal, inbox, opened }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (!code) throw error
    throw new StartError(`The folder ${data} cannot be used: ${message}. Set SIMULATOR_DATA to another.`)
  }
}

async function start(settings: Settings) {
  const { certificates, journal, inbox, opened } = await openData(settings)
  const channels = [emailChannel, ...opened.flatMap((vendor) => vendor.channels)]
  const faults = new Faults(channels, new FaultFile(settings.data))

  const parts = { inbox, faults, certificates, settings }
  const ports = settings.smtpPorts
  const plain = createSmtpListener('none', parts)
  const starttls = createSmtpListener('starttls', parts)
  const tls = createSmtpListener('tls', parts)
  const http = createHttpServer([
    ...pageRoutes(channels, inbox),
    ...controlRoutes({ channels, inbox, faults }),
    ...opened.flatMap((vendor) => vendor.serve(inbox, faults)),
  ])

  const smtp = {
    host: 'localhost',
    plain: await onPort(ports.plain, 'SIMULATOR_SMTP_PORTS', () => plain.start(ports.plain)),
    starttls: await onPort(ports.starttls, 'SIMULATOR_SMTP_PORTS', () => starttls.start(ports.starttls)),
    tls: await onPort(ports.tls, 'SIMULATOR_SMTP_PORTS', () => tls.start(ports.tls)),
    user: settings.user,
  }
  const port = await onPort(settings.port, 'SIMULATOR_PORT', () => listenHttp(http, settings.port))

  const stop = async () => {
    http.close()
    http.closeAllConnections()
    await Promise.all([plain, starttls, tls].map((listener) => listener.stop()))
    await Promise.all(opened.map((vendor) => vendor.close()))
    await journal.close()
  }
  const url = `http://127.0.0.1:${port}`
  const ofVendors = Object.keys(vendors).map((name, index) => [name, opened[index]?.facts(url)])
  return { stop, facts: { url, smtp, caFile: certificates.caFile, ...Object.fromEntries(ofVendors) } }
}

try {
  const { stop, facts } = await start(readSettings())
  // `disconnect`: the program that started this one is gone.
  for (const end of ['SIGTERM', 'SIGINT', 'disconnect']) {
    process.once(end, () => stop().finally(() => process.exit(0)))
  }
  console.log(JSON.stringify({ ready: true, ...facts }))
} catch (error) {
  if (!(error instanceof StartError || error instanceof SettingsError)) throw error
  console.error(error.message)
  process.exit(1)
}
