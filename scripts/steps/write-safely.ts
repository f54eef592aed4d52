/** Files of the data folder: private, never half written, and owned like the folder even when root made them. */
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** Root's file in another user's folder is given to that user, who may start without root next time. */
export function ownLikeFolder(file: string): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(dirname(file))
  chownSync(file, uid, gid)
}

/**
 * Makes a folder and those above it, private but for passing through where root is the owner: root's database runs as
 * another account. (Node's own recursive way never returns where the system refuses new folders, as in /proc.)
 */
export function makePath(folder: string): void {
  if (existsSync(folder)) return
  makePath(dirname(folder))
  try {
    mkdirSync(folder, { mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  } catch (error) {
    if (!existsSync(folder)) throw error
  }
  ownLikeFolder(folder)
}

/** Replaces the file; only its owner may read it (mode 0600). A crash leaves the old content or the new. */
export function writeSafely(file: string, content: string): void {
  const unfinished = `${file}.${process.pid}`
  const descriptor = openSync(unfinished, 'w', 0o600)
  try {
    writeSync(descriptor, content)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  ownLikeFolder(unfinished)
  renameSync(unfinished, file)
}
