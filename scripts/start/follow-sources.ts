/** For development: starts again those programs whose files have changed. Pages follow their files by themselves. */
import { watch } from 'node:fs'
import { sep } from 'node:path'
import { inRoot } from '../steps/places.ts'
import type { Services } from './services.ts'

type Name = 'web' | 'worker' | 'simulator'

/** Which programs run a file of `src/`. */
export function programsOf(file: string): Name[] {
  const [first = ''] = file.split(sep)
  if (!/\.tsx?$/.test(file) || first === 'app' || first === 'console') return []
  if (first === 'simulator') return ['simulator']
  if (first === 'api' || first === 'server.ts') return ['web']
  return first === 'worker.ts' ? ['worker'] : ['web', 'worker']
}

/** Editors write a file in several steps, and a switch of branches changes many: all within this time are one change. */
const settlesWithin = 150

/** Watches `src/` until stopped. */
export function followSources(services: Services, tell: (line: string) => void): { stop(): void } {
  const changed = new Set<Name>()
  let timer: NodeJS.Timeout | undefined
  const restart = () => {
    const names = [...changed]
    changed.clear()
    tell(`Files changed: starting ${names.join(' and ')} again.`)
    for (const name of names) void services[name]?.restart()
  }
  const watching = watch(inRoot('src'), { recursive: true }, (_, file) => {
    const names = file ? programsOf(file) : []
    if (names.length === 0) return
    for (const name of names) changed.add(name)
    clearTimeout(timer)
    timer = setTimeout(restart, settlesWithin)
  })
  return {
    stop() {
      clearTimeout(timer)
      watching.close()
    },
  }
}
