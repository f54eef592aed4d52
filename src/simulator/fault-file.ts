/** The lasting faults on disk, so that a restart does not bring back an approval that was taken away. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export class FaultFile {
  readonly #path: string

  constructor(folder: string) {
    this.#path = join(folder, 'control.json')
  }

  /** What was written last; nothing when there is no file or it is damaged. */
  read(): unknown[] {
    if (!existsSync(this.#path)) return []
    try {
      const kept: unknown = JSON.parse(readFileSync(this.#path, 'utf8'))
      return Array.isArray(kept) ? kept : []
    } catch (error) {
      console.error(`The file ${this.#path} cannot be read and is left out: ${String(error)}`)
      return []
    }
  }

  /** A full disk must not stop the simulator: the faults stay in force, and stderr says that they were not kept. */
  write(faults: readonly unknown[]): void {
    try {
      writeFileSync(`${this.#path}.new`, `${JSON.stringify(faults, null, 2)}\n`, { mode: 0o600 })
      renameSync(`${this.#path}.new`, this.#path)
    } catch (error) {
      console.error(`The faults cannot be kept in ${this.#path}: ${String(error)}`)
    }
  }
}
