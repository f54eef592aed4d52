/** One holder at a time, across processes: a file that names who holds it. */
import { existsSync, linkSync, rmSync, writeFileSync } from 'node:fs'
import { codeOf } from './refusal.ts'
import { ownLikeFolder } from './write-safely.ts'

/** Creates the file with all of its content at once; false when it exists already. */
export function claim(file: string, content: string): boolean {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, content, { mode: 0o600 })
  ownLikeFolder(draft)
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || existsSync(file)) return false
    // A file system without links: the same, but for an instant in which the file is empty.
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 })
    return true
  } finally {
    rmSync(draft, { force: true })
  }
}
