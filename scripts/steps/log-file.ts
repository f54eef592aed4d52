/**
 * Log files of the processes we start. They write to the file itself, so nothing is lost or blocked when their starter
 * dies; the starter reads along.
 */
import { closeSync, copyFileSync, existsSync, fstatSync, openSync, readSync, renameSync, truncateSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { ownLikeFolder } from './write-safely.ts'

const tooBig = 32 * 1024 * 1024

/** Begins a new log; the one before it is kept as `<file>.1`. */
export function rotateLog(file: string): void {
  if (existsSync(file)) renameSync(file, `${file}.1`)
}

/** A descriptor for a process to write its log to. */
export function openLog(file: string): number {
  const descriptor = openSync(file, 'a', 0o600)
  ownLikeFolder(file)
  return descriptor
}

export type Following = { stop(): void }

/** Calls `onLine` for every line that is added from now on. A log that grows too big is moved to `<file>.1`. */
export function followLog(file: string, onLine: (line: string) => void): Following {
  const descriptor = openSync(file, 'r')
  const chunk = Buffer.alloc(64 * 1024)
  let position = fstatSync(descriptor).size
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const read = (): void => {
    for (let count = 1; count > 0; ) {
      count = readSync(descriptor, chunk, 0, chunk.length, position)
      position += count
      const lines = (rest + decoder.write(chunk.subarray(0, count))).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(line)
    }
    if (position < tooBig) return
    copyFileSync(file, `${file}.1`)
    truncateSync(file)
    position = 0
  }
  const timer = setInterval(read, 100)
  timer.unref()
  return {
    stop() {
      clearInterval(timer)
      read()
      closeSync(descriptor)
    },
  }
}
