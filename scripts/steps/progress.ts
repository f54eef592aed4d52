/** What a command tells the person while it works: one line a step, in words, with the time it took. */
let open: symbol | undefined

function closeLine(): void {
  if (open) process.stdout.write('\n')
  open = undefined
}

/** Prints a line of its own. */
export function say(line = ''): void {
  closeLine()
  process.stdout.write(`${line}\n`)
}

/** Prints a line about something that went wrong. */
export function complain(line: string): void {
  closeLine()
  process.stderr.write(`${line}\n`)
}

/** Elapsed time as a person reads it: `0.4 s`, `41 s`, `2 min 5 s`. */
export function elapsed(since: number): string {
  const seconds = (performance.now() - since) / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 60) return `${Math.round(seconds)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

/** A step that takes longer than this is announced while it runs. */
const worthAnnouncing = 700

/** Does `work` and says how long it took; says what it is as soon as it takes a while. Steps may run side by side. */
export async function step<T>(words: string, work: () => Promise<T>): Promise<T> {
  const line = Symbol(words)
  const began = performance.now()
  const announcing = setTimeout(() => {
    closeLine()
    process.stdout.write(`${words}…`)
    open = line
  }, worthAnnouncing)
  const result = await work().finally(() => clearTimeout(announcing))
  if (open === line) {
    process.stdout.write(` ${elapsed(began)}\n`)
    open = undefined
  } else say(`${words}… ${elapsed(began)}`)
  return result
}
