/** A whole Signet on a database that is in trouble: simulator, sample organization, web processes and workers. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, type Sandbox, sandboxGo, sandboxSettings, seed } from '../../tests/support/running-signet.ts'
import { type Simulator, startSimulator } from '../../tests/support/simulator.ts'
import type { SoakDatabase } from './database.ts'
import { type Restarting, restarting } from './restarting.ts'

export type Installation = {
  simulator: Simulator
  webs: readonly Restarting[]
  workers: readonly Restarting[]
  /** Where Apps call. */
  urls: readonly string[]
  /** A live key of the App that has push rules, and a follower of its official account. */
  key: string
  openid: string
  stop(): Promise<void>
}

/** @property web what answers the API, if not the whole web process */
export type Size = { messages: number; webs: number; workers: number; web?: string }

/** Starts one, and empties the inbox of what the sample organization tried. */
export async function install(database: SoakDatabase, size: Size): Promise<Installation> {
  const data = mkdtempSync(join(tmpdir(), 'signet-soak-'))
  const ending: (() => Promise<unknown>)[] = [async () => rmSync(data, { recursive: true, force: true })]
  const stop = async () => {
    for (const end of ending.splice(0).reverse()) await end()
  }
  try {
    const simulator = await startSimulator({ max: 2 * size.messages + 1000 })
    ending.push(() => simulator.stop())
    const ports: number[] = []
    for (const _ of Array.from({ length: size.webs })) ports.push(await freePort())
    const url = (await database.balance?.(ports)) ?? `http://127.0.0.1:${ports[0]}`
    const stage = {
      ...{ database: { url: database.url, drop: database.remove }, simulator, data },
      port: Number(new URL(url).port),
    }
    const settingsAt = (port: number) => ({
      ...sandboxSettings({ ...stage, port }),
      ...{ SIGNET_URL: url, ...database.settings },
    })
    await seed(settingsAt(stage.port), sandboxGo(stage))
    const webs = ports.map((port, n) => restarting(`web ${n + 1}`, size.web ?? 'src/server.ts', settingsAt(port)))
    const workers = Array.from({ length: size.workers }, (_, n) =>
      restarting(`worker ${n + 1}`, 'src/worker.ts', settingsAt(stage.port)),
    )
    ending.push(() => Promise.all([...webs, ...workers].map((process) => process.stop())))
    await Promise.all([...webs, ...workers].map((process) => process.start()))
    await simulator.empty()
    const sandbox = JSON.parse(readFileSync(join(data, 'sandbox.json'), 'utf8')) as Sandbox
    const key = sandbox.apps.find((app) => app.key === 'smart-home')?.liveKey ?? ''
    const urls = database.balance ? [url] : ports.map((port) => `http://127.0.0.1:${port}`)
    return { simulator, webs, workers, urls, key, openid: simulator.wechat.openids.following[0] ?? '', stop }
  } catch (error) {
    await stop()
    throw error
  }
}
