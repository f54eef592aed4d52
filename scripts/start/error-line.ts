/** Shows the errors of a program's log in the terminal, shortly, and each only now and then. */
const quietFor = 30_000
const errorLevel = 50

type LogEntry = { level?: number; msg?: string; err?: { message?: string } }

function parse(line: string): LogEntry | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** A listener for log lines that tells those of level error and above. */
export function errorLine(name: string, tell: (line: string) => void): (line: string) => void {
  const told = new Map<string, number>()
  return (line) => {
    const entry = parse(line)
    if (!entry || !(Number(entry.level) >= errorLevel)) return
    const words = [entry.msg, entry.err?.message].filter((part, index, all) => part && all.indexOf(part) === index)
    const text = `${name}: ${words.join(': ').split('\n')[0]}`.slice(0, 300)
    const now = performance.now()
    if (now - (told.get(text) ?? -quietFor) < quietFor) return
    if (told.size > 1_000) told.clear()
    told.set(text, now)
    tell(text)
  }
}
