/** The checks to run before every commit: types, lint, dead code, and the specs of the domain, the providers and the API. */
import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { inRoot, root } from './steps/places.ts'
import { closingLine, runPlaywright } from './steps/playwright.ts'
import { elapsed, say } from './steps/progress.ts'
import { explain } from './steps/refusal.ts'
import { run } from './steps/run.ts'
import { startTestServer, type TestServer } from './steps/test-database.ts'

const halt = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.on(signal, () => halt.abort())
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

/** More than the config's: many specs wait, for a time-out or the database, and the types and the lint are done early. */
const workers = 4

type Check = { good: boolean; said: string; remark?: string }

async function tool(path: string[], ...parameters: string[]): Promise<Check> {
  const file = inRoot('node_modules', ...path)
  const { code, output } = await run(process.execPath, [file, ...parameters], { cwd: root, signal: halt.signal })
  return { good: code === 0, said: output }
}

/**
 * What is known of files that have not changed since the last time. TypeScript 7.0.2 finds no error in any of them once a file of
 * global declarations has come, such as the words of a new vendor: then it begins anew.
 */
function knownTypes(): string {
  const declaring = globSync(['*.d.ts', '{src,tests,scripts,.next/types,.next/dev/types}/**/*.d.ts'], { cwd: root })
  const name = createHash('sha256').update(declaring.sort().join('\n')).digest('hex').slice(0, 12)
  return inRoot('node_modules', '.cache', `signet-types-${name}.tsbuildinfo`)
}

/** The types of the pages' addresses are generated, and stale ones name pages that are gone. */
async function types(): Promise<Check> {
  const generated = await tool(['next', 'dist', 'bin', 'next'], 'typegen')
  return generated.good
    ? tool(['typescript', 'bin', 'tsc'], '--noEmit', '--tsBuildInfoFile', knownTypes(), '-p', root)
    : generated
}

async function specs(): Promise<Check> {
  let server: TestServer | undefined
  try {
    server = await startTestServer()
    const parameters = ['--project=quick', `--workers=${workers}`]
    const options = { environment: server.environment, signal: halt.signal, quiet: true }
    const { code, summary, output } = await runPlaywright(parameters, options)
    const good = code === 0 && summary.failed === 0 && summary.passed > 0
    const said = output.split('\n').filter((line) => !/^ {2}[✓-] /.test(line))
    return { good, said: said.join('\n'), remark: closingLine(summary) }
  } finally {
    await server?.stop()
  }
}

async function report(name: string, work: () => Promise<Check>): Promise<boolean> {
  const began = performance.now()
  const { good, said, remark } = await work().catch((error: unknown) => {
    explain(error)
    return { good: false, said: '', remark: undefined }
  })
  say(`${good ? '✓' : '✗'} ${name}${remark ? `: ${remark}` : ''} (${elapsed(began)})`)
  if (!good) say(said.trimEnd())
  return good
}

const began = performance.now()
const results = await Promise.all([
  report('types', types),
  report('lint', () =>
    tool(['@biomejs', 'biome', 'bin', 'biome'], 'check', '--error-on-warnings', '--diagnostic-level=warn', '.'),
  ),
  report('dead code', () => tool(['knip', 'bin', 'knip.js'], '--no-progress')),
  report('specs', specs),
])
const good = results.every(Boolean)
say()
say(good ? `All good (${elapsed(began)}).` : `Not good: see above (${elapsed(began)}).`)
process.exit(good ? 0 : 1)
