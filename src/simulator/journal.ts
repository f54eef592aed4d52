/**
 * Entries on disk: lines of JSON, appended in batches, so that a restart or a kill does not lose them. Promises that
 * what was appended is written within a tenth of a second and that a torn line costs that line only. Keeps two files
 * of at most `rotateAt` bytes, so what it remembers is bounded.
 */
import { existsSync, readFileSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

const rotateAt = 32 * 1024 * 1024
const flushAfterMs = 50

/** How an entry becomes JSON and is read again; what cannot be read is left out. */
export type LineForm<T> = { write(entry: T): unknown; read(value: unknown): T | undefined }

function readLines<T>(path: string, form: LineForm<T>): T[] {
  if (!existsSync(path)) return []
  const fromLine = (line: string): T | undefined => {
    try {
      return form.read(JSON.parse(line))
    } catch {
      // A kill in the middle of a write leaves a torn line; the others are whole.
      return undefined
    }
  }
  return readFileSync(path, 'utf8')
    .split('\n')
    .map(fromLine)
    .filter((entry) => entry !== undefined)
}

export class Journal<T> {
  readonly #form: LineForm<T>
  readonly #path: string
  readonly #olderPath: string
  #file: FileHandle | undefined
  #size = 0
  #pending: T[] = []
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #failed = false

  /** @param name of the files, without their ending */
  constructor(folder: string, name: string, form: LineForm<T>) {
    this.#form = form
    this.#path = join(folder, `${name}.jsonl`)
    this.#olderPath = join(folder, `${name}.1.jsonl`)
  }

  /** Opens the files for appending and answers what they hold, oldest first. */
  async load(): Promise<T[]> {
    const entries = [...readLines(this.#olderPath, this.#form), ...readLines(this.#path, this.#form)]
    await this.#open()
    // Ends the line that a kill may have torn; an empty line is skipped when read.
    if (this.#size > 0) await this.#append('\n')
    return entries
  }

  append(entry: T): void {
    this.#pending.push(entry)
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

  #toLine(entry: T): string {
    return `${JSON.stringify(this.#form.write(entry))}\n`
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const batch = this.#pending
    if (batch.length === 0) return
    this.#pending = []
    this.#writing = this.#writing.then(() =>
      this.#guard(() => this.#append(batch.map((entry) => this.#toLine(entry)).join(''))),
    )
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

  /** A full disk must not stop the simulator: what it holds stays whole in memory, and stderr says so once. */
  async #guard(write: () => Promise<void>): Promise<void> {
    try {
      await write()
      this.#failed = false
    } catch (error) {
      if (!this.#failed) console.error(`Nothing more can be kept in ${this.#path}: ${String(error)}`)
      this.#failed = true
    }
  }
}
