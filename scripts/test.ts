/**
 * Runs the specs: all of them, or those that the parameters (Playwright's) choose. What they need is installed, built
 * and started first, as far as the chosen ones need it, and stopped at the end. The last line is `N passed, N failed`.
 */
import { ensureBuild } from './steps/build.ts'
import { ensureChromium } from './steps/chromium.ts'
import { closingLine, runPlaywright, type Summary } from './steps/playwright.ts'
import { say, step } from './steps/progress.ts'
import { explain } from './steps/refusal.ts'
import { startTestServer, type TestServer } from './steps/test-database.ts'

const halt = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.on(signal, () => halt.abort())
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

/** Whether the parameters may choose a spec of the console, which needs a browser and a build. */
function wantsConsole(parameters: readonly string[]): boolean {
  const projects = parameters.flatMap((parameter, index) => {
    if (parameter.startsWith('--project=')) return [parameter.slice('--project='.length)]
    return parameter === '--project' ? [parameters[index + 1] ?? ''] : []
  })
  if (projects.length > 0) return projects.some((project) => project === 'console' || project.includes('*'))
  const paths = parameters.filter((parameter) => parameter.startsWith('tests/'))
  return paths.length === 0 || paths.some((path) => path.startsWith('tests/console') || path === 'tests/')
}

async function runSpecs(parameters: readonly string[]): Promise<{ code: number; summary: Summary }> {
  let server: TestServer | undefined
  try {
    const needsConsole = wantsConsole(parameters)
    const preparations = await Promise.allSettled([
      step('Starting a database for the specs', async () => {
        server = await startTestServer()
      }),
      needsConsole ? ensureChromium(halt.signal) : undefined,
      needsConsole ? ensureBuild(halt.signal) : undefined,
    ])
    for (const preparation of preparations) if (preparation.status === 'rejected') throw preparation.reason
    const chromium = preparations[1].status === 'fulfilled' ? preparations[1].value : undefined
    const environment = { ...server?.environment, ...(chromium ? { SIGNET_CHROMIUM: chromium } : {}) }
    if (halt.signal.aborted) return { code: 1, summary: { passed: 0, failed: 0, skipped: 0 } }
    return await runPlaywright(parameters, { environment, signal: halt.signal })
  } finally {
    await server?.stop()
  }
}

let code = 1
let summary: Summary = { passed: 0, failed: 1, skipped: 0 }
try {
  const outcome = await runSpecs(process.argv.slice(2))
  code = outcome.code
  summary = outcome.summary
} catch (error) {
  explain(error)
}
const isGood = code === 0 && summary.failed === 0 && summary.passed > 0
say()
say(closingLine(summary))
process.exit(isGood ? 0 : 1)
