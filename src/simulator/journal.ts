/**
 * The inbox on disk: lines of JSON, appended in batches, so that a restart or a kill does not empty it. Promises that
 * what was appended is written within a tenth of a second and that a torn line costs that line only. Keeps two files
 * of at most `rotateAt` bytes, so what it remembers is bounded.
 */
import { existsSync, readFileSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type ChannelId, channelIds, type Delivery } from './channel.ts'

const rotateAt = 32 * 1024 * 1024
const flushAfterMs = 50

type Line = { id: string; channel: ChannelId; to: string; at: number; meta: Record<string, string>; body: string }

/** Latin-1 keeps every byte and leaves ASCII readable in the file. */
const toLine = (delivery: Delivery): string =>
  `${JSON.stringify({ ...delivery, body: delivery.body.toString('latin1') } satisfies Line)}\n`

function fromLine(text: string): Delivery | undefined {
  try {
    const line = JSON.parse(text) as Line
    if (typeof line.id !== 'string' || typeof line.body !== 'string' || !channelIds.includes(line.channel)) return
    return { ...line, body: Buffer.from(line.body, 'latin1') }
  } catch {
    // A kill in the middle of a write leaves a torn line; the others are whole.
    return undefined
  }
}

function readLines(path: string): Delivery[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .map(fromLine)
    .filter((delivery) => delivery !== undefined)
}

export class Journal {
  readonly #path: string
  readonly #olderPath: string
  #file: FileHandle | undefined
  #size = 0
  #pending: Delivery[] = []
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #failed = false

  constructor(folder: string) {
    this.#path = join(folder, 'inbox.jsonl')
    this.#olderPath = join(folder, 'inbox.1.jsonl')
  }

  /** Opens the files for appending and answers what they hold, oldest first. */
  async load(): Promise<Delivery[]> {
    const deliveries = [...readLines(this.#olderPath), ...readLines(this.#path)]
    await this.#open()
    // Ends the line that a kill may have torn; an empty line is skipped when read.
    if (this.#size > 0) await this.#append('\n')
    return deliveries
  }

  append(delivery: Delivery): void {
    this.#pending.push(delivery)
    this.#timer ??= setTimeout(() => this.#flush(), flushAfterMs)
  }

  /** Forgets everything, on disk too. */
  clear(): Promise<void> {
    this.#pending = []
    this.#writing = this.#writing.then(() =>
      this.#guard(async () => {
        await rm(this.#olderPath, { force: true })
        await this.#file?.truncate(0)
        this.#size = 0
      }),
    )
    return this.#writing
  }

  async close(): Promise<void> {
    this.#flush()
    await this.#writing
    await this.#file?.close()
    this.#file = undefined
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const batch = this.#pending
    if (batch.length === 0) return
    this.#pending = []
    this.#writing = this.#writing.then(() => this.#guard(() => this.#append(batch.map(toLine).join(''))))
  }

  async #open(): Promise<void> {
    this.#file = await open(this.#path, 'a', 0o600)
    this.#size = (await this.#file.stat()).size
  }

  async #append(text: string): Promise<void> {
    if (this.#size > rotateAt) {
      await this.#file?.close()
      await rename(this.#path, this.#olderPath)
      await this.#open()
    }
    const bytes = Buffer.from(text)
    await this.#file?.appendFile(bytes)
    this.#size += bytes.length
  }

  /** A full disk must not stop the simulator: the inbox stays whole in memory, and stderr says so once. */
  async #guard(write: () => Promise<void>): Promise<void> {
    try {
      await write()
      this.#failed = false
    } catch (error) {
      if (!this.#failed) console.error(`The inbox cannot be kept in ${this.#path}: ${String(error)}`)
      this.#failed = true
    }
  }
}
